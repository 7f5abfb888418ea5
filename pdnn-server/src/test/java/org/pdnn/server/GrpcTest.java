package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.server.grpc.InferMessage;
import org.pdnn.server.protocol.RequestException;

/// The gRPC service as another implementation of gRPC calls it; messages are put together and taken
/// apart by the numbers of their fields.
@Timeout(120)
class GrpcTest {
  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  private static Server server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws IOException {
    server =
        Server.start(
            ServerOptions.local()
                .within(
                    new ServerOptions.Bounds(
                        1 << 16,
                        64,
                        1 << 20,
                        1 << 22,
                        Optional.of(Duration.ofSeconds(60)),
                        64,
                        60)),
            ModelSource.of(List.of(SmallModels.served("small"))),
            line -> LINES.add(line.get()));
    channel = channel();
  }

  private static ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
        .setType(type)
        .setFullMethodName("inference.GRPCInferenceService/" + name)
        .build();
  }

  static MethodDescriptor<byte[], byte[]> unary(String name) {
    return method(name, MethodType.UNARY);
  }

  private static UnknownFieldSet call(String name, UnknownFieldSet message) throws IOException {
    return UnknownFieldSet.parseFrom(
        ClientCalls.blockingUnaryCall(
            channel, unary(name), CallOptions.DEFAULT, message.toByteArray()));
  }

  private static Status.Code fault(String name, UnknownFieldSet message) {
    return assertThrows(StatusRuntimeException.class, () -> call(name, message))
        .getStatus()
        .getCode();
  }

  private static UnknownFieldSet.Builder message() {
    return UnknownFieldSet.newBuilder();
  }

  private static Field text(String... texts) {
    Field.Builder field = Field.newBuilder();
    for (String text : texts) {
      field.addLengthDelimited(ByteString.copyFromUtf8(text));
    }
    return field.build();
  }

  private static Field whole(long... numbers) {
    Field.Builder field = Field.newBuilder();
    for (long number : numbers) {
      field.addVarint(number);
    }
    return field.build();
  }

  private static Field within(UnknownFieldSet.Builder message) {
    return Field.newBuilder().addLengthDelimited(message.build().toByteString()).build();
  }

  private static ByteString raw(float[] input) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * input.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : input) {
      bytes.putFloat(value);
    }
    return ByteString.copyFrom(bytes.array());
  }

  private static UnknownFieldSet.Builder named(String model) {
    return message().addField(1, text(model));
  }

  private static UnknownFieldSet.Builder tensor() {
    return message()
        .addField(1, text("input"))
        .addField(2, text("FP32"))
        .addField(3, whole(1, 1, 4, 4));
  }

  private static UnknownFieldSet.Builder request(float[] input, long samples) {
    return named("small")
        .addField(3, text("7"))
        .addField(
            4,
            within(
                message()
                    .addField(1, text("samples"))
                    .addField(2, within(message().addField(2, whole(samples))))))
        .addField(5, within(tensor()))
        .addField(6, within(message().addField(1, text("logits"))))
        .addField(7, Field.newBuilder().addLengthDelimited(raw(input)).build());
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static double[] doubles(ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] numbers = new double[bytes.size() / 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = buffer.getDouble();
    }
    return numbers;
  }

  private static double[] expected(float[] input, int samples) {
    Answer answer =
        Precision.DEFAULT
            .sampler(SmallModels.model().network(), Run.of(samples))
            .answer(input, InputAddress.of(input), new Philox(1));
    return answer.logits();
  }

  @Test
  void serverAndModelsDescribeThemselves() throws IOException {
    UnknownFieldSet none = message().build();
    for (String name : List.of("ServerLive", "ServerReady")) {
      assertEquals(List.of(1L), call(name, none).getField(1).getVarintList());
    }
    assertEquals(
        List.of(1L), call("ModelReady", named("small").build()).getField(1).getVarintList());
    assertEquals("pdnn", text(call("ServerMetadata", none), 1));
    UnknownFieldSet model = call("ModelMetadata", named("small").build());
    assertEquals("1", text(model, 2));
    assertEquals("pdnn_safetensors", text(model, 3));
    UnknownFieldSet input =
        UnknownFieldSet.parseFrom(model.getField(4).getLengthDelimitedList().getFirst());
    assertEquals("FP32", text(input, 2));
    assertEquals(Status.Code.NOT_FOUND, fault("ModelReady", named("smal").build()));
  }

  @Test
  void rawContentsAreAnsweredByRawContents() throws IOException {
    float[] input = SmallModels.input(5);
    UnknownFieldSet reply = call("ModelInfer", request(input, 16).build());
    assertEquals("small", text(reply, 1));
    assertEquals("1", text(reply, 2));
    assertEquals("7", text(reply, 3));
    assertArrayEquals(
        expected(input, 16), doubles(reply.getField(6).getLengthDelimitedList().getFirst()));
    assertTrue(reply.getField(4).getLengthDelimitedList().size() >= 7);
  }

  @Test
  void contentsAreAnsweredByContents() throws IOException {
    float[] input = SmallModels.input(6);
    UnknownFieldSet.Builder tensor =
        tensor()
            .addField(
                5,
                within(
                    message()
                        .addField(6, Field.newBuilder().addLengthDelimited(raw(input)).build())));
    UnknownFieldSet reply =
        call(
            "ModelInfer",
            request(input, 8).clearField(7).clearField(5).addField(5, within(tensor)).build());
    UnknownFieldSet output =
        UnknownFieldSet.parseFrom(reply.getField(5).getLengthDelimitedList().getFirst());
    UnknownFieldSet contents =
        UnknownFieldSet.parseFrom(output.getField(5).getLengthDelimitedList().getFirst());
    assertArrayEquals(
        expected(input, 8), doubles(contents.getField(7).getLengthDelimitedList().getFirst()));
  }

  @Test
  void whatCannotBeAnsweredHasAStatus() {
    float[] input = SmallModels.input(1);
    assertEquals(
        Status.Code.INVALID_ARGUMENT, fault("ModelInfer", request(input, 1L << 40).build()));
    assertEquals(
        Status.Code.INVALID_ARGUMENT, fault("ModelInfer", request(new float[3], 8).build()));
    assertEquals(
        Status.Code.INVALID_ARGUMENT, fault("ModelInfer", request(input, 8).clearField(7).build()));
    assertEquals(
        Status.Code.INVALID_ARGUMENT,
        fault("ModelInfer", named("small").addField(5, text("x")).build()));
    assertEquals(
        Status.Code.NOT_FOUND,
        fault("ModelInfer", request(input, 8).addField(2, text("2")).build()));
  }

  private static final class Events implements ClientResponseObserver<byte[], byte[]> {
    private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
      // Nothing is to be set.
    }

    @Override
    public void onNext(byte[] event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable fault) {
      // A cancelled call ends so.
    }

    @Override
    public void onCompleted() {
      // The last event tells.
    }
  }

  private static UnknownFieldSet next(Events events) throws Exception {
    byte[] event = events.events.poll(60, TimeUnit.SECONDS);
    return UnknownFieldSet.parseFrom(event);
  }

  /// Two requests of one stream, and one between them that cannot be answered.
  @Test
  void aStreamGrowsBetterAndGoesOnAfterAFault() throws Exception {
    float[] input = SmallModels.input(2);
    Events events = new Events();
    ClientCallStreamObserver<byte[]> requests = stream(events);
    for (int request = 0; request < 2; request++) {
      requests.onNext(request(input, 4).build().toByteArray());
      for (int samples = 1; samples <= 4; samples *= 2) {
        UnknownFieldSet reply =
            UnknownFieldSet.parseFrom(next(events).getField(2).getLengthDelimitedList().getFirst());
        assertArrayEquals(
            expected(input, samples),
            doubles(reply.getField(6).getLengthDelimitedList().getFirst()));
      }
      requests.onNext(named("none").build().toByteArray());
      assertTrue(text(next(events), 1).contains("no model 'none'"));
    }
    requests.onCompleted();
  }

  private static ClientCallStreamObserver<byte[]> stream(Events events) {
    return (ClientCallStreamObserver<byte[]>)
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(
                method("ModelStreamInfer", MethodType.BIDI_STREAMING), CallOptions.DEFAULT),
            events);
  }

  /// Calls of a method that there is not, between others on the same connection.
  @Test
  void aMethodThatThereIsNotCostsNoOtherCall() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals(Status.Code.UNIMPLEMENTED, fault("NoSuchMethod", message().build()));
      assertEquals(1, call("ServerLive", message().build()).getField(1).getVarintList().getFirst());
    }
  }

  /// A call that is given up stops its work. It has a connection of its own.
  @Test
  void aCallThatIsCancelledStopsItsWork() throws Exception {
    float[] inputs = new float[64 * SmallModels.INPUT.size()];
    UnknownFieldSet.Builder tensor = tensor().clearField(3).addField(3, whole(64, 1, 4, 4));
    UnknownFieldSet message =
        request(inputs, 65_536).clearField(5).addField(5, within(tensor)).build();
    ManagedChannel own = channel();
    var call =
        ClientCalls.futureUnaryCall(
            own.newCall(method("ModelInfer", MethodType.UNARY), CallOptions.DEFAULT),
            message.toByteArray());
    Thread.sleep(100);
    call.cancel(true);
    for (int i = 0; LINES.stream().noneMatch(line -> line.contains("\"status\":499")); i++) {
      assertTrue(i < 2000, "the work goes on");
      Thread.sleep(10);
    }
    own.shutdownNow();
  }

  /// 8 MiB of zeros in 8 KiB: refused once a MiB is unpacked, and other calls go on.
  @Test
  void aMessageThatUnpacksToTooMuchIsRefused() throws IOException {
    byte[] message = named("small").build().toByteArray();
    CallOptions packed = CallOptions.DEFAULT.withCompression("gzip");
    assertEquals(
        "small",
        text(
            UnknownFieldSet.parseFrom(
                ClientCalls.blockingUnaryCall(channel, unary("ModelMetadata"), packed, message)),
            1));
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel, unary("ModelInfer"), packed, Arrays.copyOf(message, 8 << 20)));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
    assertEquals("small", text(call("ModelMetadata", named("small").build()), 1));
  }

  /// 20,000 damaged messages: each is read or refused by the one exception for it.
  @Test
  void damagedMessagesAreRefused() {
    byte[] message = request(SmallModels.input(1), 8).build().toByteArray();
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = message.clone();
      for (int k = 0; k <= random.nextInt(4); k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        InferMessage.read(damaged).request(SmallModels.INPUT, 64);
      } catch (RequestException e) {
        assertEquals(RequestException.Kind.WRONG, e.kind());
        refused++;
      }
    }
    assertTrue(refused > 10_000);
  }
}

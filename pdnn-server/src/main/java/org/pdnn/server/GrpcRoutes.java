package org.pdnn.server;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.server.grpc.InferMessage;
import org.pdnn.server.grpc.Messages;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.InferReply;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.RequestException;

/// The protocol's gRPC service, and what each of its methods answers.
final class GrpcRoutes {
  private static final System.Logger LOG = System.getLogger(GrpcRoutes.class.getName());
  private static final String SERVICE = "inference.GRPCInferenceService";
  private static final String NO_METHOD = "NoMethod";

  /// The path of what answers calls of methods that there are not.
  static final String OTHER = "/" + SERVICE + "/" + NO_METHOD;

  private final Inferring inferring;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Access access;
  private final ServerOptions.Bounds bounds;
  private final Journal journal;

  GrpcRoutes(Inferring inferring, Access access, ServerOptions.Bounds bounds, Journal journal) {
    this.inferring = inferring;
    this.access = access;
    this.bounds = bounds;
    this.journal = journal;
  }

  /// What a method answers to a message.
  private interface Answering {
    byte[] answer(byte[] message, Incoming incoming)
        throws RequestException, BusyException, InterruptedException;
  }

  ServerServiceDefinition service() {
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(SERVICE);
    add(service, "ServerLive", (_, _) -> Messages.truth(true));
    add(service, "ServerReady", (_, _) -> Messages.truth(inferring.ready()));
    add(service, "ModelReady", (message, _) -> modelReady(message));
    add(
        service,
        "ServerMetadata",
        (_, _) ->
            Messages.server(Descriptions.NAME, Descriptions.version(), Descriptions.EXTENSIONS));
    add(service, "ModelMetadata", (message, _) -> model(message));
    add(service, "ModelInfer", this::infer);
    add(
        service,
        NO_METHOD,
        (_, _) -> {
          throw new RequestException(RequestException.Kind.METHOD, "there is no such method");
        });
    service.addMethod(
        method("ModelStreamInfer", MethodType.BIDI_STREAMING),
        ServerCalls.asyncBidiStreamingCall(this::stream));
    return ServerInterceptors.intercept(service.build(), new Gate());
  }

  /// Lets those in who may ask, and all who ask whether the server is live and ready.
  private final class Gate implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
      boolean open = method.equals("ServerLive") || method.equals("ServerReady");
      if (open || access.admits(Optional.ofNullable(headers.get(AUTHORIZATION)))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription(Access.DENIED), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private void add(ServerServiceDefinition.Builder service, String name, Answering answering) {
    service.addMethod(
        method(name, MethodType.UNARY),
        ServerCalls.asyncUnaryCall((message, to) -> {
          Incoming incoming = new Incoming(name, to, new Leaving(to));
          try {
            byte[] answer = answering.answer(message, incoming);
            incoming.call.sent(answer.length);
            to.onNext(answer);
            to.onCompleted();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            incoming.fail(e);
          } catch (RequestException
              | BusyException
              | IllegalArgumentException
              | IllegalStateException e) {
            incoming.fail(e);
          } finally {
            journal.note(incoming.call);
          }
        }));
  }

  private MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    Bytes bytes = new Bytes(bounds.bodyBytes());
    return MethodDescriptor.newBuilder(bytes, bytes)
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .build();
  }

  /// Messages as they come: what they say is read with the model at hand.
  ///
  /// @param most bytes of a message; of a longer one, which compression may hide, one more is
  ///   unpacked
  private record Bytes(int most) implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        // A fault here would leave the call without an answer: what is too long is refused as it is
        // read.
        return message.readNBytes(most + 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private byte[] modelReady(byte[] message) throws RequestException {
    Messages.ModelName model = Messages.modelName(message);
    return Messages.truth(
        inferring.models().ready(model.name(), model.version()) && inferring.ready());
  }

  private byte[] model(byte[] message) throws RequestException {
    SampledModel model = named(message);
    return Messages.model(
        model.name(),
        inferring.models().versionsOf(model.name()),
        Descriptions.PLATFORM,
        Descriptions.inputs(model),
        Descriptions.outputs(model));
  }

  private SampledModel named(byte[] message) throws RequestException {
    Messages.ModelName model = Messages.modelName(message);
    return inferring.models().named(model.name(), model.version());
  }

  private byte[] infer(byte[] message, Incoming incoming)
      throws RequestException, BusyException, InterruptedException {
    InferMessage request = incoming.read(message);
    SampledModel model = inferring.models().named(request.model(), request.version());
    return Messages.reply(inferring.answer(model, incoming));
  }

  /// Answers the requests of a stream one after the other, each after 1, 2, 4, ... passes.
  private StreamObserver<byte[]> stream(StreamObserver<byte[]> to) {
    Leaving leaving = new Leaving(to);
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        follow(message, new Incoming("ModelStreamInfer", to, leaving), to);
      }

      @Override
      public void onError(Throwable fault) {
        // The client has gone; its work is cancelled by the call.
      }

      @Override
      public void onCompleted() {
        to.onCompleted();
      }
    };
  }

  private void follow(byte[] message, Incoming incoming, StreamObserver<byte[]> to) {
    try {
      InferMessage request = incoming.read(message);
      SampledModel model = inferring.models().named(request.model(), request.version());
      inferring.follow(model, incoming, new Events(to, incoming.call));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      incoming.tell(e);
    } catch (RequestException
        | BusyException
        | IllegalArgumentException
        | IllegalStateException e) {
      incoming.tell(e);
    } finally {
      journal.note(incoming.call);
    }
  }

  private record Events(StreamObserver<byte[]> to, Call call) implements Inferring.Events {
    @Override
    public void soFar(InferReply reply) {
      send(reply, false);
    }

    @Override
    public void last(InferReply reply) {
      send(reply, true);
    }

    private void send(InferReply reply, boolean last) {
      Map<String, Object> parameters = new LinkedHashMap<>(reply.parameters());
      parameters.put("triton_final_response", last);
      byte[] event =
          Messages.event(
              Messages.reply(
                  new InferReply(
                      reply.model(), reply.version(), reply.id(), parameters, reply.tensors())));
      call.sent(event.length);
      to.onNext(event);
    }
  }

  /// The end of a call by its client, which gRPC wants to be asked for when the call begins.
  private static final class Leaving {
    private final ServerCallStreamObserver<byte[]> call;
    private volatile @Nullable Work work;

    private Leaving(StreamObserver<byte[]> to) {
      this.call = (ServerCallStreamObserver<byte[]>) to;
      call.setOnCancelHandler(this::left);
    }

    private void left() {
      Work current = work;
      if (current != null) {
        current.cancel();
      }
    }

    private void cancels(Work current) {
      work = current;
      if (call.isCancelled()) {
        current.cancel();
      }
    }
  }

  /// A request, and how its client is told what went wrong.
  private final class Incoming implements Inferring.Incoming {
    private final Call call;
    private final StreamObserver<byte[]> to;
    private final Leaving leaving;
    private InferMessage message = InferMessage.EMPTY;

    private Incoming(String method, StreamObserver<byte[]> to, Leaving leaving) {
      this.call = new Call("grpc", "POST", "/" + SERVICE + "/" + method);
      this.to = to;
      this.leaving = leaving;
    }

    private InferMessage read(byte[] bytes) throws RequestException {
      if (bytes.length > bounds.bodyBytes()) {
        throw new RequestException(
            RequestException.Kind.TOO_LARGE,
            "a message has at most %s bytes".formatted(bounds.bodyBytes()));
      }
      message = InferMessage.read(bytes);
      return message;
    }

    @Override
    public Call call() {
      return call;
    }

    @Override
    public InferRequest read(SampledModel model, BodyMemory.Held memory) throws RequestException {
      memory.take(message.size());
      return message.request(model.network().input(), bounds.inputs());
    }

    @Override
    public void watch(Work work) {
      leaving.cancels(work);
    }

    /// Ends the call.
    private void fail(Exception cause) {
      RequestException why = told(cause);
      to.onError(status(why).withDescription(why.sentence()).asRuntimeException());
    }

    /// Tells it within a stream, which goes on.
    private void tell(Exception cause) {
      to.onNext(Messages.fault(told(cause).sentence()));
    }

    private RequestException told(Exception cause) {
      RequestException why = RequestException.of(cause);
      if (why.kind() == RequestException.Kind.FAILED) {
        LOG.log(System.Logger.Level.ERROR, "a request failed", cause);
      }
      call.ended(why.kind().status());
      return why;
    }
  }

  private static Status status(RequestException why) {
    return switch (why.kind()) {
      case WRONG -> Status.INVALID_ARGUMENT;
      case DENIED -> Status.UNAUTHENTICATED;
      case UNKNOWN -> Status.NOT_FOUND;
      case METHOD -> Status.UNIMPLEMENTED;
      case TOO_LARGE, FULL -> Status.RESOURCE_EXHAUSTED;
      case LEFT -> Status.CANCELLED;
      case SLOW -> Status.DEADLINE_EXCEEDED;
      case BUSY -> Status.UNAVAILABLE;
      case FAILED -> Status.INTERNAL;
    };
  }
}

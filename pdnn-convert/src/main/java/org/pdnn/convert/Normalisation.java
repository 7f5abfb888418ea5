package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.InputForm;
import org.pdnn.network.Network;

/// The normalisation of pixels that a network seems to miss: with the means and deviations of the
/// images' own channels taken off it answers much better.
///
/// Networks that were trained on normalised pixels and see those in [0, 1] get inputs three times
/// too small, give logits too small, and often answer wrongly. A network that was trained on pixels
/// in [0, 1] answers worse if they are normalised.
///
/// @param form pixels so normalised
/// @param plain accuracy of the network on pixels as they are
/// @param accuracy its accuracy on normalised ones
/// @param images measured
public record Normalisation(InputForm form, double plain, double accuracy, int images) {
  /// What the mean of -ln p(true class) must fall by to tell. Logits of a network that is right on
  /// 97 of 100 images, divided by three, raise it by 0.2.
  private static final double CLEAR = 0.1;

  /// Why nothing that is measured without it says anything, a phrase.
  public static final String UNFIT =
      "the network seems to be trained on normalised pixels, and was measured on others";

  /// The normalisation that a network misses, if it does: it is right on no fewer images with it,
  /// and the 95 % interval of the fall in mean -ln p(true class) lies above 0.1.
  ///
  /// @param pixels the images of the calibration as they are stored
  /// @param plain the form in which the calibration reads them, without normalisation
  /// @param fed what the network reads in a form
  public static Optional<Normalisation> missing(
      Network network,
      Calibration calibration,
      Images pixels,
      InputForm plain,
      Function<InputForm, LabelledInputs> fed) {
    InputForm form = ofChannels(pixels, plain);
    LabelledLogits before = calibration.answers(network);
    LabelledLogits after =
        new Calibration(
                fed.apply(form),
                calibration.run(),
                calibration.precision(),
                calibration.seed(),
                calibration.threads())
            .answers(network);
    Estimate fall = after.likelierThan(before);
    return after.accuracy() >= before.accuracy() && fall.low() > CLEAR
        ? Optional.of(new Normalisation(form, before.accuracy(), after.accuracy(), pixels.count()))
        : Optional.empty();
  }

  /// The means and deviations of the channels, in the digits in which they are typed.
  private static InputForm ofChannels(Images pixels, InputForm plain) {
    int channels = pixels.shape().dimension(0);
    int each = pixels.shape().size() / channels;
    float[] image = new float[pixels.shape().size()];
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    for (int index = 0; index < pixels.count(); index++) {
      pixels.read(index, image, 0);
      for (int i = 0; i < image.length; i++) {
        sums[i / each] += image[i];
        squares[i / each] += image[i] * image[i];
      }
    }
    double values = (double) each * pixels.count();
    List<Float> mean = new ArrayList<>();
    List<Float> std = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      double of = sums[channel] / values;
      mean.add(typed(of));
      // A channel that is the same everywhere is only shifted.
      float deviation = typed(Math.sqrt(Math.max(0, squares[channel] / values - of * of)));
      std.add(deviation > 0 ? deviation : 1);
    }
    return new InputForm(plain.axes(), mean, std);
  }

  private static float typed(double value) {
    return Math.round(value * 10_000) / 10_000f;
  }

  /// The options that normalise so, as they are typed.
  public List<String> options() {
    return List.of("--mean", listed(form.mean()), "--std", listed(form.std()));
  }

  private static String listed(List<Float> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /// What was found, a sentence without its full stop.
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "the network seems to be trained on normalised pixels: %s normalises by the channels' own"
            + " mean and deviation, and then it is right on %.2f %% of the %d calibration images"
            + " instead of %.2f %%, and surer of the right classes",
        String.join(" ", options()),
        100 * accuracy,
        images,
        100 * plain);
  }
}

/// Sums of codes times weights by oneDNN, for whoever has this module on the path.
module org.pdnn.onednn {
  requires static org.jspecify;
  requires org.bytedeco.javacpp;
  requires org.pdnn.core;

  provides org.pdnn.sums.SumsProvider with
      org.pdnn.onednn.OneDnnProvider;
}

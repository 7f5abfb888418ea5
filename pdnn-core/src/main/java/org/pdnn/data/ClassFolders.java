package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.ImageFolder.Entry;
import org.pdnn.data.ImageFolder.Part;

/// The classes of a folder and their pictures: one class for each subfolder, or a single one,
/// called 0, where pictures lie in the folder itself.
///
/// @param labels the label of each folder in `pictures`
record ClassFolders(
    Path folder, List<String> names, List<Integer> labels, List<List<Path>> pictures) {

  static ClassFolders of(Path folder, LeftOut leftOut) throws IOException {
    List<Path> own = FolderListing.files(folder).stream().filter(PictureForm::named).toList();
    List<Path> subfolders = FolderListing.subfolders(folder);
    if (!own.isEmpty() && subfolders.size() < 2) {
      return new ClassFolders(
          folder, Images.numbered(1), List.of(0), List.of(FolderListing.pictures(folder, leftOut)));
    }
    if (subfolders.isEmpty()) {
      throw new IOException(NearMiss.of(folder));
    }
    List<String> names = new ArrayList<>();
    List<List<Path>> pictures = new ArrayList<>();
    for (Path subfolder : subfolders) {
      names.add(subfolder.getFileName().toString());
      pictures.add(FolderListing.pictures(subfolder, leftOut));
    }
    FolderListing.files(folder).forEach(leftOut::reads);
    return new ClassFolders(folder, names, numbered(names, names), pictures);
  }

  private static List<Integer> numbered(List<String> names, List<String> classes) {
    return names.stream().map(classes::indexOf).toList();
  }

  /// These folders with the labels of other ones, of which they may lack some.
  ///
  /// @throws IOException if they have a class that the others lack
  ClassFolders numberedAs(ClassFolders others) throws IOException {
    for (String name : names) {
      if (!others.names.contains(name)) {
        throw new IOException(
            "%s has the class %s, which %s has not; give both the same folders"
                .formatted(folder, name, others.folder));
      }
    }
    return new ClassFolders(folder, others.names, numbered(names, others.names), pictures);
  }

  /// All pictures as entries of one part.
  ///
  /// @throws IOException if a class has no picture to train on
  List<Entry> entries(Part part) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      if (pictures.get(i).isEmpty() && part != Part.TEST) {
        throw new IOException(
            "%s holds no images (%s); add some or remove it"
                .formatted(folder.resolve(names.get(i)), PictureForm.NAMES));
      }
      for (Path file : pictures.get(i)) {
        entries.add(new Entry(file, labels.get(i), part));
      }
    }
    return entries;
  }
}

package org.pdnn.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
  @ParameterizedTest
  @CsvSource({
    "0,sample,are,0 samples are",
    "1,sample,are,1 sample is",
    "2,sample,are,2 samples are",
    "1,pass,have,1 pass has",
    "3,class,have,3 classes have",
    "1,sample,lose,1 sample loses",
    "8,sample,lose,8 samples lose"
  })
  void numbersNounsAndVerbsAgree(int count, String noun, String verb, String sentence) {
    assertEquals(sentence, Counted.of(count, noun, verb));
  }
}

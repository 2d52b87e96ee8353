//! Russian and other texts as words, sentences, n-grams, stems and weights.
//!
//! ```
//! use ml::text;
//! assert_eq!(text::words("Кто-то пел: «Ёлка!» — в 19-м веке."), ["Кто-то", "пел", "Ёлка", "в", "19-м", "веке"]);
//! assert_eq!(text::stem("сингулярными"), text::stem("сингулярных"));
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub use russian::{sentences, words};
use rust_stemmers::{Algorithm, Stemmer};

use crate::sparse::Csr;

/// The words in small letters with «е» for «ё», as they are compared.
pub fn normal_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(normal).collect()
}

/// A word in small letters with «е» for «ё».
pub fn normal(word: &str) -> String {
    word.to_lowercase().replace('ё', "е")
}

/// The stem of a Russian word by Snowball (Porter, 2001), of the word in small letters with «е» for «ё»; other words as they are.
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::Russian).stem(&normal(word)).into_owned()
}

/// All runs of `n` tokens in order; none when there are fewer tokens.
///
/// # Panics
/// When n is 0.
#[track_caller]
pub fn ngrams<T>(tokens: &[T], n: usize) -> Vec<&[T]> {
    assert!(n > 0, "text: an n-gram has at least one token");
    tokens.windows(n).collect()
}

/// Words by number: the most frequent first, those of one frequency in the order of the alphabet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    words: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Vocabulary {
    /// The words that stand at least `least` times in all texts together.
    pub fn new(texts: &[Vec<String>], least: usize) -> Self {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        texts.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
        let mut kept: Vec<(&String, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
        kept.sort_by_key(|(_, count)| Reverse(*count));
        let words: Vec<String> = kept.into_iter().map(|(word, _)| word.clone()).collect();
        let places = words.iter().cloned().enumerate().map(|(place, word)| (word, place)).collect();
        Self { words, places }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words by number.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The number of a word.
    pub fn place(&self, word: &str) -> Option<usize> {
        self.places.get(word).copied()
    }

    /// How often each word of the vocabulary stands in each text (texts, words).
    pub fn counts(&self, texts: &[Vec<String>]) -> Csr {
        let of = |(row, text): (usize, &Vec<String>)| {
            text.iter().filter_map(|word| self.place(word)).map(|place| (row, place, 1.0)).collect::<Vec<_>>()
        };
        let triplets: Vec<(usize, usize, f64)> = texts.iter().enumerate().flat_map(of).collect();
        Csr::from_triplets((texts.len(), self.len()), &triplets)
    }
}

/// Weights that are high for words which are frequent in a text and rare in others (Spärck Jones, 1972).
#[derive(Clone, Debug, PartialEq)]
pub struct TfIdf {
    vocabulary: Vocabulary,
    idf: Vec<f64>,
}

impl TfIdf {
    /// Learns ln((1 + N)/(1 + n_w)) + 1 for every word that stands `least` times in the texts: N texts, n_w of them with the word.
    pub fn new(texts: &[Vec<String>], least: usize) -> Self {
        let vocabulary = Vocabulary::new(texts, least);
        let mut with = vec![0_usize; vocabulary.len()];
        for text in texts {
            let there: BTreeSet<usize> = text.iter().filter_map(|word| vocabulary.place(word)).collect();
            there.into_iter().for_each(|place| with[place] += 1);
        }
        let idf = |count: usize| libm::log((1 + texts.len()) as f64 / (1 + count) as f64) + 1.0;
        Self { idf: with.into_iter().map(idf).collect(), vocabulary }
    }

    /// The words that have weights.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The weight of every word of the vocabulary before it is multiplied by its count.
    pub fn idf(&self) -> &[f64] {
        &self.idf
    }

    /// Counts times weights, rows of length 1 (texts, words); a text without a known word is a row of zeros.
    pub fn vectors(&self, texts: &[Vec<String>]) -> Csr {
        let counts = self.vocabulary.counts(texts);
        let weighted = |row: usize| {
            let weights: Vec<(usize, f64)> =
                counts.row(row).map(|(place, count)| (place, count * self.idf[place])).collect();
            let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            weights.into_iter().map(move |(place, weight)| (row, place, weight / length))
        };
        let triplets: Vec<(usize, usize, f64)> = (0..texts.len()).flat_map(weighted).collect();
        Csr::from_triplets(counts.shape(), &triplets)
    }
}

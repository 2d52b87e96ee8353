//! Sparse matrices, graphs, splits and texts.

use ml::graph::{Cycle, Graph};
use ml::prelude::*;
use ml::sparse::Csr;
use ml::split::{self, Scaling};
use ml::text::{self, TfIdf, Vocabulary};

#[test]
fn a_sparse_matrix_is_its_dense_one() {
    let mut rng = random::rng(1);
    for (n, m) in [(1, 1), (5, 3), (3, 8), (20, 20)] {
        let dense = rng.normal_array((n, m)).mapv(|x| if x > 0.5 { x } else { 0.0 });
        let (sparse, x) = (Csr::from_dense(&dense), rng.normals(m));
        assert_eq!(sparse.to_dense(), dense);
        assert_eq!(sparse.transposed().to_dense(), dense.t());
        assert_eq!(sparse.nnz(), dense.iter().filter(|x| **x != 0.0).count());
        let product: Vec<f64> = dense.rows().into_iter().map(|row| linalg::dot(row, &x)).collect();
        assert!(linalg::distance(sparse.product(&x), product) < 1e-14 * n as f64);
        assert_eq!(sparse.bytes(), 16 * sparse.nnz() + 8 * (n + 1));
    }
    let empty = Csr::from_triplets((2, 2), &[]);
    assert_eq!((empty.product([1.0, 1.0]).to_vec(), empty.density()), (vec![0.0, 0.0], 0.0));
    let twice = Csr::from_triplets((1, 2), &[(0, 1, 1.0), (0, 0, 5.0), (0, 1, 2.0)]);
    assert_eq!(twice.row(0).collect::<Vec<_>>(), [(0, 5.0), (1, 3.0)]);
}

#[test]
#[should_panic(expected = "sparse: [2, 0] is outside of (2, 2)")]
fn an_element_outside_of_the_matrix_is_refused() {
    Csr::from_triplets((2, 2), &[(2, 0, 1.0)]);
}

#[test]
fn an_order_of_reading_follows_prerequisites() {
    let mut graph = Graph::new(5);
    graph.edge(4, 0, 1.0).edge(0, 2, 1.0).edge(1, 2, 1.0).edge(2, 3, 1.0);
    assert_eq!(graph.order(), Ok(vec![1, 4, 0, 2, 3]));
    graph.edge(3, 0, 1.0);
    assert_eq!(graph.order(), Err(Cycle { node: 0 }));
    assert_eq!(graph.components(), [vec![0, 2, 3], vec![1], vec![4]]);
    let mut alone = Graph::new(1);
    assert_eq!(alone.edge(0, 0, 1.0).order().unwrap_err().to_string(), "graph: node 0 comes before itself");
}

#[test]
fn the_shortest_way_is_found_among_all() {
    let mut rng = random::rng(2);
    let mut graph = Graph::new(7);
    for _ in 0..20 {
        graph.edge(rng.below(7), rng.below(7), rng.below(4) as f64);
    }
    // Floyd and Warshall (1962), as the second way.
    let mut all = Array2::from_elem((7, 7), f64::INFINITY);
    (0..7).for_each(|node| all[[node, node]] = 0.0);
    graph.edges().into_iter().for_each(|(from, to, weight)| all[[from, to]] = all[[from, to]].min(weight));
    for (k, i, j) in (0..7).flat_map(|k| (0..7).flat_map(move |i| (0..7).map(move |j| (k, i, j)))) {
        all[[i, j]] = all[[i, j]].min(all[[i, k]] + all[[k, j]]);
    }
    for from in 0..7 {
        assert_eq!(graph.distances(from), all.row(from).to_vec());
        for to in 0..7 {
            let path = graph.path(from, to);
            assert_eq!(path.is_some(), all[[from, to]].is_finite());
            let step = |pair: &[usize]| {
                let edges = graph.edges().into_iter().filter(|edge| (edge.0, edge.1) == (pair[0], pair[1]));
                edges.map(|edge| edge.2).fold(f64::INFINITY, f64::min)
            };
            if let Some(path) = path {
                assert_eq!((path[0], path[path.len() - 1]), (from, to));
                assert_eq!(path.windows(2).map(step).sum::<f64>(), all[[from, to]]);
            }
        }
    }
    let mut line = Graph::new(4);
    line.edge(0, 1, 9.0).edge(1, 2, 9.0);
    assert_eq!(line.hops(0), [Some(0), Some(1), Some(2), None]);
    assert_eq!(line.adjacency()[[1, 2]], 9.0);
}

#[test]
fn page_rank_is_the_stationary_distribution_of_the_reader() -> Result {
    let mut graph = Graph::new(4);
    // Node 3 leads nowhere: from it the reader goes anywhere.
    graph.edge(0, 1, 1.0).edge(0, 2, 3.0).edge(1, 2, 1.0).edge(2, 0, 1.0).edge(2, 3, 1.0);
    let rank = graph.page_rank(0.85);
    assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let steps = array![[0.0, 0.25, 0.75, 0.0], [0.0, 0.0, 1.0, 0.0], [0.5, 0.0, 0.0, 0.5], [0.25, 0.25, 0.25, 0.25]];
    let system = Array2::<f64>::eye(4) - steps.t().mapv(|p| 0.85 * p);
    let wanted = linalg::solve(&system, [0.15 / 4.0; 4])?;
    assert!(linalg::distance(&rank, &wanted) < 1e-11);
    Ok(())
}

#[test]
fn every_object_is_tested_once_and_never_learnt_from() {
    let y: Vec<usize> = (0..103).map(|k| usize::from(k % 10 == 0) + usize::from(k % 4 == 0)).collect();
    let rng = &mut random::rng(3);
    for folds in [split::folds(103, 5, rng), split::stratified_folds(&y, 5, rng), split::folds(103, 103, rng)] {
        let mut tested: Vec<usize> = folds.iter().flat_map(|fold| fold.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..103).collect::<Vec<_>>());
        for fold in &folds {
            assert!(fold.test.iter().all(|place| !fold.train.contains(place)));
            assert_eq!(fold.train.len() + fold.test.len(), 103);
            assert!(fold.test.len().abs_diff(103 / folds.len()) <= 1);
        }
    }
    for fold in split::stratified_folds(&y, 5, rng) {
        for class in 0..3 {
            let (all, here) = (
                y.iter().filter(|&&y| y == class).count(),
                fold.test.iter().filter(|&&place| y[place] == class).count(),
            );
            assert!(here.abs_diff(all / 5) <= 1, "class {class}: {here} of {all}");
        }
    }
    let half = split::stratified_split(&y, 0.5, rng);
    assert!(half.train.len().abs_diff(half.test.len()) <= 3);
    for fold in split::time_folds(10, 4) {
        assert!(fold.train.iter().max() < fold.test.iter().min() && !fold.train.is_empty() && !fold.test.is_empty());
    }
    let batches = split::batches(10, 4, rng);
    assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
    assert_eq!(split::one_hot(&[2, 0], 3), array![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
}

#[test]
#[should_panic(expected = "split: 3 objects cannot make 5 folds")]
fn more_folds_than_objects_are_refused() {
    split::folds(3, 5, &mut random::rng(1));
}

#[test]
fn features_are_scaled_by_what_was_learnt_from_others() {
    let train = array![[1.0, 5.0], [2.0, 5.0], [3.0, 5.0], [10.0, 5.0]];
    let standard = Scaling::standard(&train);
    assert_eq!((standard.shift[0], standard.scale[1]), (4.0, 1.0));
    let scaled = standard.apply(&train);
    assert!(
        stats::mean(scaled.column(0)).abs() < 1e-15 && (stats::sd_population(scaled.column(0)) - 1.0).abs() < 1e-15
    );
    assert_eq!(Scaling::min_max(&train).apply(&array![[19.0, 6.0]]), array![[2.0, 1.0]]);
    assert_eq!(Scaling::robust(&train).shift[0], 2.5);
}

#[test]
fn words_are_compared_in_small_letters() {
    assert_eq!(text::normal_words("Ёж — ЁЖ, 3,14"), ["еж", "еж", "3,14"]);
    assert_eq!(text::sentences("Одно. Два! Три"), ["Одно.", "Два!", "Три"]);
}

#[test]
fn forms_of_a_word_have_one_stem() {
    for forms in [["книга", "книги", "книгами"], ["Ёлка", "елки", "ёлками"], ["обучение", "обучения", "обучению"]]
    {
        assert!(forms.iter().all(|form| text::stem(form) == text::stem(forms[0])), "{forms:?}");
    }
    assert_ne!(text::stem("книга"), text::stem("игра"));
}

#[test]
fn words_are_counted_and_weighed() {
    let texts = ["кот ест рыбу", "кот спит", "пёс спит спит"].map(text::normal_words).to_vec();
    let vocabulary = Vocabulary::new(&texts, 1);
    assert_eq!(vocabulary.words(), ["спит", "кот", "ест", "пес", "рыбу"]);
    assert_eq!(Vocabulary::new(&texts, 2).len(), 2);
    assert_eq!(vocabulary.counts(&texts).row(2).collect::<Vec<_>>(), [(0, 2.0), (3, 1.0)]);
    let weights = TfIdf::new(&texts, 1);
    // scikit-learn's formula: ln((1 + 3)/(1 + 2)) + 1 for «кот», ln(4/2) + 1 for «рыбу».
    assert!((weights.idf()[1] - ((4.0_f64 / 3.0).ln() + 1.0)).abs() < 1e-15);
    assert!((weights.idf()[4] - (2.0_f64.ln() + 1.0)).abs() < 1e-15);
    let vectors = weights.vectors(&[texts.clone(), vec![text::normal_words("неизвестное")]].concat());
    for row in 0..3 {
        assert!((vectors.row(row).map(|(_, weight)| weight * weight).sum::<f64>() - 1.0).abs() < 1e-14);
    }
    assert_eq!(vectors.row(3).count(), 0);
    assert_eq!(text::ngrams(&["а", "б", "в"], 2), [["а", "б"], ["б", "в"]]);
    assert!(text::ngrams(&["а"], 2).is_empty());
}

//! The data are what they are said to be.

use ml::prelude::*;

#[test]
fn irises_are_those_of_fisher() {
    let iris = data::iris();
    let means = iris.x.mean_axis(Axis(0)).unwrap();
    // The means of Fisher's version; the copy of UCI has 3.054, 3.7587 and 1.1987.
    for (found, wanted) in means.iter().zip([5.843_333, 3.057_333, 3.758, 1.199_333]) {
        assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
    }
    assert_eq!(iris.x.row(34).to_vec(), [4.9, 3.1, 1.5, 0.2]);
    assert_eq!(iris.x.row(37).to_vec(), [4.9, 3.6, 1.4, 0.1]);
    assert_eq!(iris.classes, ["setosa", "versicolor", "virginica"]);
    assert_eq!([0, 1, 2].map(|class| iris.class(class).nrows()), [50, 50, 50]);
}

#[test]
fn digits_are_those_of_scikit_learn() {
    let digits = data::digits();
    assert_eq!(digits.x.dim(), (1797, 64));
    assert_eq!(digits.x.sum(), 561_718.0);
    let counts: Vec<usize> = (0..10).map(|digit| digits.y.iter().filter(|&&y| y == digit).count()).collect();
    assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
}

#[test]
fn the_picture_is_grey_and_square() {
    let picture = data::picture();
    assert_eq!(picture.dim(), (128, 128));
    assert!(picture.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
    assert!((picture.mean().unwrap() - 0.5).abs() < 0.2, "mean {:?}", picture.mean());
}

#[test]
fn generators_depend_on_the_seed_alone() {
    assert_eq!(data::moons(50, 0.1, 7), data::moons(50, 0.1, 7));
    assert_ne!(data::moons(50, 0.1, 7), data::moons(50, 0.1, 8));
    assert_eq!(data::embeddings(50, 8, 0.3, 7), data::embeddings(50, 8, 0.3, 7));
    assert_ne!(data::embeddings(50, 8, 0.3, 7), data::embeddings(50, 8, 0.3, 8));
    let sums = [
        data::blobs([[0.0, 0.0], [3.0, 1.0]], 20, 0.5, 1).x.sum(),
        data::moons(51, 0.1, 1).x.sum(),
        data::circles(50, 0.1, 1).x.sum(),
        data::spiral(90, 3, 0.05, 1).x.sum(),
        data::linear([1.0, -2.0], 0.5, 30, 0.1, 1).y.sum(),
        data::sampled(|x| x * x, 0.0..=1.0, 30, 0.1, 1).1.sum(),
    ];
    insta::assert_debug_snapshot!(sums);
}

#[test]
fn without_noise_moons_and_circles_lie_on_their_curves() {
    let circles = data::circles(40, 0.0, 1);
    for (row, class) in circles.x.rows().into_iter().zip(&circles.y) {
        assert!((row.dot(&row).sqrt() - [1.0, 0.5][*class]).abs() < 1e-12);
    }
    let moons = data::moons(40, 0.0, 1);
    assert_eq!((moons.x.row(0).to_vec(), moons.x.row(20).to_vec()), (vec![1.0, 0.0], vec![0.0, 0.5]));
}

#[test]
fn a_split_keeps_every_object_once() {
    let iris = data::iris();
    let (train, test) = iris.split(0.8, &mut random::rng(5));
    assert_eq!((train.len(), test.len()), (120, 30));
    assert!((train.x.sum() + test.x.sum() - iris.x.sum()).abs() < 1e-9);
}

#[test]
fn a_wrong_column_is_named() {
    let table = data::csv("iris.csv").unwrap();
    let message = table.numbers("длина").unwrap_err().to_string();
    assert!(message.starts_with("data/iris.csv: there is no column `длина` among [\"sepal_length\""), "{message}");
    let message = table.numbers("species").unwrap_err().to_string();
    assert_eq!(message, "data/iris.csv: line 2: `setosa` is not a number");
}

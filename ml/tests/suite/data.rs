//! The data are what they are said to be.

use ml::prelude::*;

#[path = "../../examples/colour.rs"]
#[expect(dead_code, reason = "its `main` writes the file")]
mod colour;

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

#[test]
fn onegin_gives_the_numbers_of_markov() {
    let chapters = data::onegin();
    assert_eq!(chapters.len(), 9);
    assert!(chapters[1].text.starts_with("«Мой дядя самых честных правил,\n"));
    assert!(chapters[8].text.ends_with("Как я с Онегиным моим."));
    // Markov (1913): 20,000 letters without ъ and ь, й counted as a vowel: 8,638 vowels by his hand, 8,639 here.
    let letters = chapters[1..].iter().flat_map(|chapter| chapter.text.chars()).flat_map(char::to_lowercase);
    let letters: Vec<char> = letters.filter(|c| ('а'..='я').contains(c) && !"ъь".contains(*c)).take(20_000).collect();
    let vowel: Vec<bool> = letters.iter().map(|c| "аеиоуыэюяй".contains(*c)).collect();
    let vowels = vowel.iter().filter(|v| **v).count();
    let after = |before: bool| vowel.windows(2).filter(|pair| pair[0] == before && pair[1]).count() as f64;
    assert_eq!(vowels, 8639);
    assert!((after(true) / vowels as f64 - 0.128).abs() < 5e-4);
    assert!((after(false) / (20_000 - vowels) as f64 - 0.663).abs() < 5e-4);
}

#[test]
fn texts_have_no_notes_no_foreign_letters_inside_words_and_no_torn_accents() {
    let prose = data::prose();
    let authors: std::collections::BTreeSet<&str> = prose.iter().map(|work| work.author.as_str()).collect();
    assert_eq!(authors.len(), 4);
    assert!(prose.iter().map(|work| work.text().chars().count()).sum::<usize>() > 1_250_000);
    let verse = data::onegin().into_iter().map(|chapter| ("Евгений Онегин".to_owned(), chapter.text));
    for (title, text) in prose.iter().map(|work| (work.title.clone(), work.text())).chain(verse) {
        for wrong in ['[', ']', '{', '}', '€', '^', '`', '"', '\u{7f}', '\u{a0}', '\r', '\t', 'ё'] {
            assert!(!text.contains(wrong), "{title}: {wrong:?}");
        }
        assert!(!text.contains("(франц") && !text.contains("(фр.") && !text.contains("  "), "{title}");
        let mixed = |word: &&str| {
            word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
        };
        let parts = text.split(|c: char| !c.is_alphabetic());
        assert_eq!(parts.into_iter().find(mixed), None, "{title}");
    }
}

#[test]
fn small_sets_are_whole() {
    let opinions = data::opinions();
    assert!(opinions.len() >= 200);
    assert_eq!(opinions.iter().filter(|opinion| opinion.label == 1).count() * 2, opinions.len());
    assert!(opinions.iter().all(|o| o.label < 2 && ["", "отрицание", "поворот", "ирония"].contains(&o.trap.as_str())));
    let passages = data::passages();
    let questions = data::questions();
    assert_eq!((passages.len(), questions.len()), (40, 40));
    for question in &questions {
        let words = |text: &str| text::normal_words(text).iter().map(|word| text::stem(word)).collect::<Vec<_>>();
        let passage = words(&passages[question.passage]);
        assert!(words(&question.answer).iter().any(|stem| passage.contains(stem)), "{question:?}");
    }
    let queries = data::queries();
    assert_eq!(queries.len(), 50);
    for query in &queries {
        assert!(query.relevant.iter().all(|&(place, grade)| place < 40 && (1..=2).contains(&grade)), "{query:?}");
        assert!(
            query.relevant.iter().any(|&(_, grade)| grade == 2) && ["слова", "смысл"].contains(&query.kind.as_str())
        );
    }
}

#[test]
fn the_colour_picture_is_the_one_its_program_paints() {
    let picture = data::colour_picture();
    assert_eq!(picture.dim(), (colour::SIDE, colour::SIDE, 3));
    let painted: Vec<f64> = colour::picture().into_iter().map(|byte| f64::from(byte) / 255.0).collect();
    assert_eq!(picture.into_raw_vec_and_offset().0, painted);
}

#[test]
fn the_course_is_read_as_the_book_has_it() {
    for file in ["syllabus.json", "bibliography.yml"] {
        let book = std::fs::read_to_string(format!("../{file}")).unwrap();
        assert!(data::text(file).unwrap() == book, "copy {file} to data/{file}: the lectures read it there");
    }
    let lectures = data::syllabus();
    assert_eq!(lectures.len(), 52);
    let svd = lectures.iter().find(|lecture| lecture.id == "1.1.8").unwrap();
    assert_eq!(svd.path, "math/linear-algebra/svd.md");
    assert!(lectures.iter().all(|lecture| !lecture.title.is_empty() && !lecture.bullets.is_empty()));
    let known = |id: &String| lectures.iter().any(|lecture| lecture.id == *id);
    assert!(lectures.iter().flat_map(|lecture| &lecture.prerequisites).all(known));
    let sources = data::bibliography();
    assert!(sources.len() > 150);
    assert!(
        sources.iter().all(|source| !source.authors.is_empty() || source.kind != "article"),
        "an article has authors"
    );
    let attention = sources.iter().find(|source| source.key == "vaswani2017").unwrap();
    assert_eq!((attention.year, attention.authors[0].as_str()), (Some(2017), "Vaswani, A."));
    let rope = sources.iter().find(|source| source.arxiv.as_deref() == Some("2108.12409")).unwrap();
    assert!(rope.title.starts_with("Train short"), "{}", rope.title);
}

//! The generated book: pages of ten cells and forty formulas each, no two of them alike.

use std::fmt::Write as _;

/// Cells of a page.
pub const CELLS: usize = 10;

/// Formulas of a page: four a section.
pub const FORMULAS: usize = CELLS * 4;

/// What an author does to a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Edits of its code.
    pub code: usize,
    /// Edits of its prose.
    pub prose: usize,
}

/// Where a page lies inside src.
pub fn path(page: usize) -> String {
    format!("part-{:02}/page-{page:03}.md", page / 10)
}

/// SUMMARY.md of a book with so many pages.
pub fn summary(pages: usize) -> String {
    let mut text = "# Содержание\n\n[О книге](index.md)\n\n".to_owned();
    for page in 0..pages {
        let _ = writeln!(text, "- [Лекция {}]({})", page + 1, path(page));
    }
    text
}

/// A page of Markdown.
pub fn page(page: usize, edits: Edits) -> String {
    let mut text = format!(
        "# Лекция {}\n\nЧетыре признака, одна линейная модель и десять ячеек вокруг неё. Правка {}.\n",
        page + 1,
        edits.prose
    );
    for (section, (title, cell, after)) in SECTIONS.iter().enumerate() {
        let _ = write!(text, "\n## {title} {{#s{section}}}\n\n{}\n", prose(page, section));
        let _ = write!(text, "\n{}\n\n{}\n", fill(cell, page, edits), fill(after, page, edits));
    }
    text
}

/// The constants by which pages differ.
fn fill(text: &str, page: usize, edits: Edits) -> String {
    text.replace("PAGE", &page.to_string())
        .replace("SEED", &(1000 * edits.code + page + 1).to_string())
        .replace("ROWS", &(80 + page % 40).to_string())
}

/// Two paragraphs with three formulas between them and one below.
fn prose(page: usize, section: usize) -> String {
    let (k, n) = (page * CELLS + section + 2, section + 2);
    let inline = |place: usize| match (section + place) % 6 {
        0 => format!(r"$\mathbf x_{{{k}}}\in\mathbb R^{n}$"),
        1 => format!(r"$\eta_{{{k}}}<\frac{{2}}{{\lambda_{{\max}}}}$"),
        2 => format!(r"$\|\mathbf A\mathbf v_{{{k}}}\|=\sigma_{n}$"),
        3 => format!(r"$O(n^{n}\log {k})$"),
        4 => format!(r"$p_{{{k}}}=\sqrt{{\hat p(1-\hat p)/{n}}}$"),
        _ => format!(r"$\nabla f_{{{k}}}(\mathbf w^*)=\mathbf 0$"),
    };
    let display = match section % 5 {
        0 => format!(
            r"\ell_{{{k}}}(\mathbf w)=\frac1{{{k}}}\sum_{{i=1}}^{{{k}}}\bigl(\mathbf w^\top\mathbf x_i-y_i\bigr)^2+\lambda\|\mathbf w\|^2"
        ),
        1 => format!(
            r"\mathbf A_{{{k}}}=\begin{{pmatrix}}{k}&0\\{n}&-{n}\end{{pmatrix}},\qquad \det\mathbf A_{{{k}}}=-{n}\cdot{k}"
        ),
        2 => format!(
            r"\frac{{\partial \ell}}{{\partial w_{n}}}=\frac{{2}}{{{k}}}\sum_i x_{{i{n}}}\left(\hat y_i-y_i\right),\qquad \hat y_i=\sum_{{j=1}}^{{{n}}}w_jx_{{ij}}"
        ),
        3 => {
            format!(r"p_j=\frac{{e^{{z_j/{k}}}}}{{\sum_{{i=1}}^{{{n}}}e^{{z_i/{k}}}}},\qquad \sum_{{j=1}}^{{{n}}}p_j=1")
        }
        _ => format!(
            r"\int_0^\infty x^{{{k}}}e^{{-x}}\,dx={k}!,\qquad \lim_{{n\to\infty}}\Bigl(1+\frac{{{k}}}{{n}}\Bigr)^n=e^{{{k}}}"
        ),
    };
    format!(
        "Пусть {} — одно из наблюдений, а модель *линейна*. Тогда условие {} необходимо, и проверить его можно прямо \
         на данных: ни одно число в этом разделе не вписано руками, а «почти всегда» означает долю, а не надежду.\n\n\
         Отсюда видно, что {} не зависит от порядка слагаемых. Выпишем ответ целиком:\n\n$$\n{display}.\n$$\n\n\
         Остаётся посмотреть, что получится в программе.",
        inline(0),
        inline(1),
        inline(2),
    )
}

/// Title, cell and what is said below it.
const SECTIONS: [(&str, &str, &str); CELLS] = [
    ("Данные", DATA, "Всего `=x.len()` чисел."),
    ("Функция потерь", LOSS, "В нуле потери равны `=loss0:.3`. <!-- claim: loss0 > 0.0 -->"),
    ("Спуск", DESCENT, "После спуска осталось `=losses[losses.len() - 1]:.4`."),
    ("Сходимость", FIGURE, "На [рис.](#fig-PAGE) видно, что хватает и половины шагов."),
    ("Сравнение весов", TABLE, "Наибольшее расхождение — `=worst:.3`. <!-- claim: worst < 0.5 -->"),
    ("Ковариация", COVARIANCE, "Она симметрична. <!-- claim: covariance[[0, 1]] == covariance[[1, 0]] -->"),
    ("Степенной метод", POWER, "Наибольшее собственное значение — `=top:.3`."),
    ("Свой тип", MODEL, "Качество модели — `=100.0 * model.score(&x, &y):.1` из ста."),
    ("Вероятности", SOFTMAX, "Каждая строка даёт в сумме единицу."),
    ("Разброс", BOOTSTRAP, "Половина ширины — `=(high - low) / 2.0:.3`. <!-- claim: high > low -->"),
];

const DATA: &str = r#"```rust cell
let mut rng = random::rng(SEED);
let x = rng.normal_array((ROWS, 4));
let truth = array![1.5, -2.0, 0.5, PAGE as f64 / 10.0];
let y = x.dot(&truth) + 0.1 * &rng.normal_vector(ROWS);
println!("наблюдений: {}, признаков: {}", x.nrows(), x.ncols());
```"#;

const LOSS: &str = r#"```rust cell
fn loss(x: &Array2<f64>, y: &Array1<f64>, w: &Array1<f64>) -> (f64, Array1<f64>) {
    let error = x.dot(w) - y;
    let n = y.len() as f64;
    (error.dot(&error) / n, x.t().dot(&error) * (2.0 / n))
}
let (loss0, gradient0) = loss(&x, &y, &Array1::zeros(4));
gradient0
```"#;

const DESCENT: &str = r#"```rust cell
let mut w = Array1::<f64>::zeros(4);
let mut losses = vec![];
for step in 0..60 {
    let (value, gradient) = loss(&x, &y, &w);
    losses.push(value);
    w.scaled_add(-0.1, &gradient);
    if step % 20 == 0 {
        println!("шаг {step:2}: потери {value:.4}");
    }
}
```"#;

const FIGURE: &str = r#"```rust cell #fig-PAGE fold
//| caption: Потери падают до `=losses[59]:.4` за `=losses.len()` шагов.
//| alt: auto
plot::line(&losses).name("потери").x("шаг").y("MSE").log_y()
```"#;

const TABLE: &str = r#"```rust cell
let worst = (&w - &truth).iter().fold(0.0, |a: f64, d| a.max(d.abs()));
table(["признак", "истина", "оценка"], (0..4).map(|j| (j, truth[j], w[j])))
```"#;

const COVARIANCE: &str = r#"```rust cell
let mean = x.mean_axis(Axis(0)).expect("строки есть");
let centred = &x - &mean;
let covariance = centred.t().dot(&centred) / (x.nrows() - 1) as f64;
covariance.mapv(|c| (c * 1e3).round() / 1e3)
```"#;

const POWER: &str = r#"```rust cell
let mut v = Array1::<f64>::ones(4);
for _ in 0..200 {
    let next = covariance.dot(&v);
    v = &next / next.dot(&next).sqrt();
}
let top = v.dot(&covariance.dot(&v));
(top, v.dot(&v))
```"#;

const MODEL: &str = r#"```rust cell
struct Model {
    weights: Array1<f64>,
}

impl Model {
    fn predict(&self, x: &Array2<f64>) -> Array1<f64> {
        x.dot(&self.weights)
    }

    fn score(&self, x: &Array2<f64>, y: &Array1<f64>) -> f64 {
        let rest = (self.predict(x) - y).mapv(|e| e * e).sum();
        let spread = y.mapv(|value| (value - y.sum() / y.len() as f64).powi(2)).sum();
        1.0 - rest / spread
    }
}
let model = Model { weights: w.clone() };
model.predict(&x.slice(s![..3, ..]).to_owned())
```"#;

const SOFTMAX: &str = r#"```rust cell
let mut scores = x.dot(&rng.normal_array((4, 3)));
for mut row in scores.rows_mut() {
    let largest = row.fold(f64::MIN, |a, &b| a.max(b));
    row.mapv_inplace(|z| (z - largest).exp());
    row /= row.sum();
}
assert!(scores.sum_axis(Axis(1)).iter().all(|sum| (sum - 1.0).abs() < 1e-12));
scores.slice(s![..4, ..]).mapv(|p| (p * 1e3).round() / 1e3)
```"#;

const BOOTSTRAP: &str = r#"```rust cell
let mut means: Vec<f64> = (0..200)
    .map(|_| (0..y.len()).map(|_| y[rng.below(y.len())]).sum::<f64>() / y.len() as f64)
    .collect();
means.sort_by(f64::total_cmp);
let (low, high) = (means[5], means[194]);
println!("среднее лежит между {low:.3} и {high:.3}");
```"#;

//! Prints a page with every kind of plot, in the light and the dark theme: `cargo run -p plots --example gallery > gallery.html`.

use kernel::{Part, Show};
use plots::plot::{self, Matrix, Plot, Side, branch, leaf};

const STYLE: &str = "
body{margin:0;font:16px/1.5 system-ui,sans-serif}
section{padding:16px;background:var(--plot-bg);color:var(--plot-fg)}
svg{display:block;max-width:100%;height:auto;margin:20px auto 4px}
p{max-width:640px;margin:0 auto 12px;font-size:13px}
.light{--plot-fg:#22262b;--plot-muted:#e3e6ea;--plot-bg:#fff;--plot-accent:#b3261e;--plot-1:#1f5fa8;--plot-2:#c2570c;--plot-3:#197a43;
--plot-4:#7b3fa0;--plot-5:#8a6d00;--plot-6:#0e7c86;--plot-7:#b0306a;--plot-8:#5b6470}
.dark{--plot-fg:#dfe3e8;--plot-muted:#33393f;--plot-bg:#15181c;--plot-accent:#ff8a80;--plot-1:#7db4f5;--plot-2:#ffb06b;--plot-3:#7fd7a0;
--plot-4:#c9a0f0;--plot-5:#e6cf62;--plot-6:#6fd3dc;--plot-7:#f79ac0;--plot-8:#a9b3bf}";

fn noise(k: u32) -> f64 {
    f64::from(k.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24)
}

fn bell(k: u32) -> f64 {
    (0..12).map(|i| noise(12 * k + i + 7)).sum::<f64>() - 6.0
}

fn curves() -> Vec<Plot> {
    let xs: Vec<f64> = (0..=60).map(f64::from).collect();
    let measured: Vec<f64> = xs.iter().map(|x| (-x / 12.0).exp() + 0.02 + 0.015 * noise(*x as u32)).collect();
    let sizes = [10.0_f64, 30.0, 100.0, 300.0, 1000.0, 3000.0, 1e4];
    let waves = (1..=5).map(|k| {
        plot::function(move |x| (x * f64::from(k) / 2.0).sin() / f64::from(k), 0.0..=6.0).name(format!("k = {k}"))
    });
    let all_waves = waves.reduce(Plot::and).unwrap_or_else(|| plot::line([1.0])).x("угол, рад").y("амплитуда");
    vec![
        plot::line((&xs, &measured))
            .name("измерено")
            .and(plot::function(|x| (-x / 12.0).exp() + 0.02, 0.0..=60.0).name("теория").dashed())
            .x("итерация")
            .y("MSE")
            .title("Спуск по градиенту"),
        plot::line((&xs, &measured))
            .points()
            .log_y()
            .x("итерация")
            .y("MSE")
            .hline(0.05, "порог остановки")
            .vline(40.0, "сходимость"),
        plot::scatter((sizes, sizes.map(|n| 1.3 / n.sqrt())))
            .name("измеренная ошибка среднего")
            .and(plot::line((sizes, sizes.map(|n| 1.0 / n.sqrt()))).name("теория σ/√n").dashed())
            .log_x()
            .log_y()
            .x("объём выборки n")
            .y("ошибка"),
        all_waves,
        plot::scatter((0..150).map(|k| (bell(k), bell(k + 900))))
            .name("класс 0")
            .and(plot::scatter((0..150).map(|k| (bell(k + 300) + 2.0, bell(k + 700) + 1.0))).name("класс 1"))
            .and(plot::scatter((0..60).map(|k| (bell(k + 400) - 2.0, bell(k + 800) + 2.0))).name("класс 2"))
            .and(plot::scatter((0..30).map(|k| (bell(k + 440) - 1.0, bell(k + 850) - 3.0))).name("класс 3"))
            .and(plot::scatter((0..30).map(|k| (bell(k + 441) + 3.0, bell(k + 851) - 3.0))).name("класс 4"))
            .x("длина чашелистика, см")
            .y("ширина, см")
            .note(2.0, 1.0, "центр класса 1"),
        plot::band(&xs, measured.iter().map(|y| y * 0.7), measured.iter().map(|y| y * 1.3))
            .name("разброс по 5 запускам")
            .and(plot::line((&xs, &measured)).name("среднее"))
            .x("эпоха")
            .y("потери"),
        plot::errors((sizes, sizes.map(|n| 1.0 - 1.0 / n.sqrt())), sizes.map(|n| 0.9 / n.sqrt()))
            .log_x()
            .x("n")
            .y("доля верных"),
        plot::line([0.1, 0.4, 0.4, 0.7, 1.0]).steps().x("x").y("F(x)"),
        plot::line((0..20_000).map(|k| (f64::from(k) * 124e6 / 2e4, noise(k) * f64::from(k))))
            .x("параметров")
            .y("токенов"),
    ]
}

fn counts() -> Vec<Plot> {
    let letters = ["кот", "пёс", "дом", "лес", "сад"];
    let scores = [
        [0.9, 0.05, 0.05, 0.0, 0.0],
        [0.1, 0.7, 0.1, 0.05, 0.05],
        [0.2, 0.2, 0.5, 0.1, 0.0],
        [0.1, 0.1, 0.2, 0.4, 0.2],
        [0.0, 0.1, 0.1, 0.3, 0.5],
    ];
    let causal: Vec<Vec<f64>> = (0..24)
        .map(|i| (0..24).map(|j| if j > i { f64::NAN } else { noise(i * 24 + j) / f64::from(i + 1) }).collect())
        .collect();
    let words = ["Внимание", "—", "это", "взвешенное", "среднее", "значений"];
    let wide = (0..6).map(|i| (0..6).map(|j| bell(i * 6 + j)).collect()).collect::<Vec<Vec<f64>>>();
    vec![
        plot::histogram((0..1000).map(bell))
            .density()
            .name("выборка")
            .and(plot::function(|x| (-x * x / 2.0).exp() / 2.507, -3.5..=3.5).name("плотность N(0, 1)").solid())
            .x("значение")
            .y("плотность"),
        plot::histogram((0..500).map(bell))
            .name("d = 2")
            .and(plot::histogram((0..500).map(|k| bell(k + 77) * 0.4 + 1.0)).name("d = 1000"))
            .x("косинус")
            .y("число пар"),
        plot::bar(["kNN", "дерево", "лес", "SVM"], [0.91, 0.88, 0.97, 0.96])
            .values(2)
            .name("обучение")
            .and(plot::bar(["kNN", "дерево", "лес", "SVM"], [0.89, 0.8, 0.95, 0.95]).values(2).name("контроль"))
            .y("доля верных ответов")
            .hline(0.33, "угадывание"),
        plot::bar(
            ["случайный поиск", "байесовская оптимизация", "перебор по сетке", "последовательное деление пополам"],
            [12.0, 30.5, 8.0, -4.0],
        )
        .values(1)
        .y("выигрыш, %"),
        plot::bar(["BERT", "GPT-2", "T5"], [110e6, 124e6, 220e6])
            .name("веса")
            .and(plot::bar(["BERT", "GPT-2", "T5"], [40e6, 50e6, 60e6]).name("эмбеддинги"))
            .stacked()
            .y("параметров"),
        plot::heatmap(scores).values(2).rows(letters).columns(letters).x("предсказано").y("на самом деле"),
        plot::heatmap(causal).gaps().x("ключ").y("запрос"),
        plot::heatmap(wide).rows(words).columns(words).diverging(),
        plot::heatmap((0..3).map(|i| (0..40).map(|j| noise(i * 40 + j)).collect()).collect::<Vec<Vec<f64>>>())
            .rows(["голова 1", "голова 2", "голова 3"])
            .x("позиция"),
        plot::image((0..8).map(|i| (0..8).map(|j| f64::from((i * j) % 16)).collect()).collect::<Vec<Vec<f64>>>())
            .title("Цифра"),
    ]
}

fn planes() -> Vec<Plot> {
    let path: Vec<(f64, f64)> = (0..25).map(|k| (1.8 * 0.85_f64.powi(k), (-0.9_f64) * (-0.8_f64).powi(k))).collect();
    let class = |x: f64, y: f64| usize::from(y > x.sin()) + usize::from(x * x + y * y < 1.0);
    let circle = (0..64).map(|k| f64::from(k) * 0.0982).map(|t| (1.5 * t.cos(), t.sin()));
    let values: Vec<Vec<f64>> =
        (0..5).map(|i| (0..6).map(|j| -f64::hypot(f64::from(i) - 1.0, f64::from(j) - 4.0)).collect()).collect();
    vec![
        plot::contour(|x, y| x * x + 10.0 * y * y, -2.0..=2.0, -1.0..=1.0)
            .and(plot::line(path).points().name("спуск"))
            .x("w₁")
            .y("w₂"),
        plot::contour(|x, y| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2), -1.5..=1.5, -0.5..=2.0).filled().note(
            1.0,
            1.0,
            "минимум",
        ),
        plot::field(|x, y| (y, -x.sin() - 0.2 * y), -4.0..=4.0, -2.0..=2.0).x("угол").y("скорость"),
        plot::regions(class, -2.0..=2.0, -1.5..=1.5)
            .and(plot::scatter((0..40).map(|k| (bell(k) * 0.7, 1.2 + 0.2 * bell(k + 50)))).colour(2).name("класс 1"))
            .x("x₁")
            .y("x₂"),
        plot::polygon(circle)
            .name("образ круга")
            .and(plot::arrows([((0.0, 0.0), (1.5, 0.0))]).name("Ae₁"))
            .and(plot::arrows([((0.0, 0.0), (0.0, 1.0))]).name("Ae₂"))
            .equal(),
        plot::heatmap(values).and(plot::arrows(
            (0..5)
                .flat_map(|i| (0..6).map(move |j| (f64::from(j), f64::from(i))))
                .map(|(x, y)| ((x - 0.2, y), (x + 0.2, y + 0.1))),
        )),
    ]
}

fn spreads() -> Vec<Plot> {
    let losses = |k: f64| (0..=60).map(move |step| (f64::from(step), 0.02 * k + (-f64::from(step) / (8.0 * k)).exp()));
    let runs = |mean: f64| (0..40).map(move |k| mean + 0.1 * bell(k + (mean * 100.0) as u32)).collect::<Vec<f64>>();
    let counts = (0..8).map(|i| (0..8).map(|j| 10_f64.powf(-f64::from((i - j) * (i - j)) / 6.0)).collect());
    let band =
        (0..40).map(|i: i32| (0..40).map(|j: i32| f64::from(u8::from((i - j).abs() < 2 || i * j % 17 == 3))).collect());
    vec![
        plot::boxes(["SGD", "Adam", "L-BFGS"], [runs(0.8), runs(0.9), runs(0.6)]).y("доля верных"),
        plot::bar(["kNN", "лес", "SVM"], [0.91, 0.97, 0.96])
            .whiskers([0.03, 0.01, 0.02])
            .name("обучение")
            .and(plot::bar(["kNN", "лес", "SVM"], [0.89, 0.95, 0.95]).whiskers([0.04, 0.02, 0.02]).name("контроль"))
            .y("доля верных"),
        plot::scatter((0..200).map(|k| (2.0 * bell(k), bell(k) + bell(k + 500))))
            .name("выборка")
            .and(plot::covariance((0.0, 0.0), [[4.0, 2.0], [2.0, 2.0]], 2.0).name("2σ"))
            .x("x₁")
            .y("x₂"),
        plot::heatmap(counts.collect::<Vec<Vec<f64>>>()).log_colours().x("ключ").y("запрос"),
        plot::sparsity(band.collect::<Vec<Vec<f64>>>()).x("столбец").y("строка"),
        plot::rgb((0..24_u8).map(|i| (0..36_u8).map(move |j| [7 * j, 10 * i, 255 - 7 * j]))).title("Оттенки"),
        plot::line(losses(1.0))
            .name("Adam")
            .and(plot::line(losses(1.2)).name("NAG"))
            .and(plot::line(losses(3.0)).name("градиентный спуск"))
            .and(plot::line(losses(1.4)).name("импульс"))
            .names_at_ends()
            .shade_x(0.0..=10.0, "разогрев")
            .x("эпоха")
            .y("потери"),
    ]
}

fn without_axes() -> Vec<kernel::Rich> {
    let tree = branch(
        "лепесток ≤ 2.5 см?",
        [
            ("да", leaf("setosa\n50 из 50").colour(1)),
            (
                "нет",
                branch(
                    "ширина ≤ 1.8 см?",
                    [("да", leaf("versicolor\n49 из 54").colour(2)), ("нет", leaf("virginica\n45 из 46").colour(3))],
                ),
            ),
        ],
    );
    let train = (0..4).fold(
        plot::tensors().title("Матричное произведение состояний"),
        |train, k| {
            let train = train.tensor(&format!("A{k}"), (k, 0)).leg(&format!("A{k}"), Side::Down, format!("i{k}"));
            if k > 0 { train.bond(&format!("A{}", k - 1), &format!("A{k}"), "r") } else { train }
        },
    );
    let path = (0..30).map(|k| (0.9 * 0.9_f64.powi(k), 0.02 * 1.13_f64.powi(k))).map(|(x, y)| (x, y, x * x - y * y));
    vec![
        plot::tokens([("Кот", 812), (" сид", 77), ("ит", 31), (" на", 5), (" окне", 1404), (".", 3)]).show(),
        plot::tokens("Внимание — это взвешенное среднее".split_inclusive(' ').zip(0..))
            .weights([0.1, 0.02, 0.05, 0.6, 0.23])
            .show(),
        plot::network([784, 128, 64, 10]).layers(["вход", "скрытый 1", "скрытый 2", "выход"]).show(),
        plot::network([2, 3, 1]).show(),
        tree.show(),
        train.show(),
        plot::space()
            .surface(|x, y| x * x - y * y, -1.0..=1.0, -1.0..=1.0)
            .line(path)
            .name("спуск")
            .points([(0.0, 0.0, 0.0)])
            .name("седло")
            .axes("w₁", "w₂", "потери")
            .show(),
        plot::space().points((0..150).map(|k| (bell(k), bell(k + 200), bell(k + 400)))).show(),
    ]
}

fn main() {
    let mut pictures: Vec<(String, String)> = Vec::new();
    for plot in curves().into_iter().chain(counts()).chain(planes()).chain(spreads()) {
        let svg = plot.to_svg();
        let rich = plot.show();
        let alt = rich.parts.iter().find_map(|part| if let Part::Alt(alt) = part { Some(alt.clone()) } else { None });
        pictures.push((svg.clone(), format!("{} B. {}", svg.len(), alt.unwrap_or_default())));
    }
    let digits = (0..6).map(|k| {
        plot::image(
            (0..8).map(|i| (0..8).map(|j| noise(k * 64 + i * 8 + j)).collect()).collect::<Vec<Vec<f64>>>().matrix(),
        )
        .title(format!("k = {k}"))
    });
    pictures.push((plot::panels(digits).columns(6).to_svg(), "panels 6".to_owned()));
    pictures.push((plot::panels(curves().into_iter().take(4)).to_svg(), "panels 2".to_owned()));
    pictures.push((
        plot::panels(planes().into_iter().take(3)).columns(3).title("Три картины").to_svg(),
        "panels 3".to_owned(),
    ));
    for rich in without_axes() {
        let svg = rich.parts.iter().find_map(|part| if let Part::Svg(svg) = part { Some(svg.clone()) } else { None });
        pictures.push((svg.unwrap_or_default(), rich.to_plain()));
    }
    println!("<!doctype html><meta charset=utf-8><title>Галерея</title><style>{STYLE}</style>");
    for theme in ["light", "dark"] {
        println!("<section class={theme}>");
        for (svg, text) in &pictures {
            println!("{svg}<p>{text}</p>");
        }
        println!("</section>");
    }
}

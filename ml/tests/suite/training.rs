//! Rules of training against their formulas and against candle's own.

use ml::nn::{self, Weights};
use ml::prelude::*;
use ml::train::{self, History, Mlp, Optimiser, Rule, Schedule};

/// One weight θ = 2 with loss θ²·scale, and its values over steps.
fn path(rule: Rule, rate: f64, steps: usize) -> Vec<f64> {
    let theta = Var::from_tensor(&Tensor::new(&[2.0_f64], &Device::Cpu).unwrap()).unwrap();
    let mut optimiser = Optimiser::of_vars(rule, rate, vec![theta.clone()]);
    let mut step = || {
        optimiser.step(&theta.sqr().unwrap().sum_all().unwrap()).unwrap();
        theta.to_vec1::<f64>().unwrap()[0]
    };
    (0..steps).map(|_| step()).collect()
}

/// The same by a formula: `change(g, step)` is what η multiplies.
fn by_hand(rate: f64, steps: usize, mut change: impl FnMut(f64, f64, i32) -> f64) -> Vec<f64> {
    let mut theta = 2.0;
    let mut step = |k: usize| {
        theta -= rate * change(2.0 * theta, theta, k as i32 + 1);
        theta
    };
    (0..steps).map(&mut step).collect()
}

#[track_caller]
fn same(found: &[f64], wanted: &[f64]) {
    assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}, not {wanted:?}");
}

#[test]
fn every_rule_is_its_formula() {
    same(&path(Rule::Sgd { momentum: 0.0 }, 0.1, 5), &by_hand(0.1, 5, |g, _, _| g));
    let mut v = 0.0;
    same(
        &path(Rule::Sgd { momentum: 0.9 }, 0.1, 9),
        &by_hand(0.1, 9, |g, _, _| {
            v = 0.9 * v + g;
            v
        }),
    );
    let mut v = 0.0;
    same(
        &path(Rule::Nesterov { momentum: 0.9 }, 0.1, 9),
        &by_hand(0.1, 9, |g, _, _| {
            v = 0.9 * v + g;
            g + 0.9 * v
        }),
    );
    let mut s = 0.0;
    same(
        &path(Rule::rms_prop(), 0.1, 9),
        &by_hand(0.1, 9, |g, _, _| {
            s = 0.9 * s + 0.1 * g * g;
            g / (s.sqrt() + 1e-8)
        }),
    );
    let (mut m, mut v) = (0.0, 0.0);
    same(
        &path(Rule::adamw(0.3), 0.1, 9),
        &by_hand(0.1, 9, |g, theta, k| {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            m / (1.0 - 0.9_f64.powi(k)) / ((v / (1.0 - 0.999_f64.powi(k))).sqrt() + 1e-8) + 0.3 * theta
        }),
    );
    // The first step of Adam is as long as its rate.
    assert!((path(Rule::adam(), 0.1, 1)[0] - 1.9).abs() < 1e-8);
}

/// One step of some optimiser down a loss.
type Stepper = Box<dyn FnMut(&Tensor) -> candle::Result<()>>;

#[test]
fn adamw_is_that_of_candle() -> Result {
    let run = |make: &dyn Fn(&Weights) -> Stepper| -> Result<Vec<f32>> {
        let (weights, vb) = nn::seeded(3);
        let network = Mlp::new(&[3, 5, 1], nn::Activation::Tanh, &vb)?;
        let x = random::rng(4).normal_tensor((16, 3))?;
        let loss = || nn::loss::mse(&network.forward(&x)?, &x.sum_keepdim(1)?);
        let mut step = make(&weights);
        for _ in 0..20 {
            step(&loss()?)?;
        }
        Ok(weights.vars()[0].flatten_all()?.to_vec1()?)
    };
    let ours = run(&|weights| {
        let mut optimiser = Optimiser::new(Rule::adamw(0.1), 0.01, weights);
        Box::new(move |loss| optimiser.step(loss))
    })?;
    let theirs = run(&|weights| {
        let params = nn::ParamsAdamW { lr: 0.01, weight_decay: 0.1, ..Default::default() };
        let mut optimiser = nn::AdamW::new(weights.vars(), params).unwrap();
        Box::new(move |loss| optimiser.backward_step(loss))
    })?;
    assert!(ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 1e-5), "{ours:?}, {theirs:?}");
    Ok(())
}

#[test]
fn schedules_have_their_shapes() {
    let cosine = Schedule::Cosine { warmup: 4, total: 12, floor: 0.1 };
    assert_eq!([0, 1, 3].map(|step| cosine.factor(step)), [0.25, 0.5, 1.0]);
    assert!((cosine.factor(4) - 1.0).abs() < 1e-15 && (cosine.factor(8) - 0.55).abs() < 1e-15);
    assert!((cosine.factor(12) - 0.1).abs() < 1e-15 && (cosine.factor(99) - 0.1).abs() < 1e-15);
    let steps = Schedule::Steps { every: 10, factor: 0.5 };
    assert_eq!([9, 10, 20].map(|step| steps.factor(step)), [1.0, 0.5, 0.25]);
    let root = Schedule::InverseRoot { warmup: 4 };
    assert_eq!([0, 3, 15].map(|step| root.factor(step)), [0.25, 1.0, 0.5]);
    let theta = Var::zeros(1, DType::F64, &Device::Cpu).unwrap();
    let optimiser = Optimiser::of_vars(Rule::adam(), 0.2, vec![theta]).schedule(cosine);
    assert_eq!(optimiser.rate(), 0.05);
}

fn small() -> Result<(Weights, Mlp, Tensor, Tensor)> {
    let (weights, vb) = nn::seeded_as(1, DType::F64);
    let network = Mlp::new(&[2, 6, 1], nn::Activation::Tanh, &vb)?;
    let x = random::rng(2).normal_tensor((40, 2))?.to_dtype(DType::F64)?;
    let y = x.sqr()?.sum_keepdim(1)?;
    Ok((weights, network, x, y))
}

#[test]
fn clipping_keeps_the_direction() -> Result {
    let (weights, network, x, y) = small()?;
    let mut gradients = nn::loss::mse(&network.forward(&x)?, &y)?.backward()?;
    let vars = weights.vars();
    let before = train::gradient_norm(&gradients, &vars)?;
    let old = gradients.get(&vars[0]).map(|g| (g * (0.5 / before)).unwrap()).unwrap();
    assert_eq!(train::clip(&mut gradients, &vars, 0.5)?, before);
    assert!((train::gradient_norm(&gradients, &vars)? - 0.5).abs() < 1e-12);
    assert!(nn::difference(gradients.get(&vars[0]).unwrap(), &old)? < 1e-15);
    assert!((train::clip(&mut gradients, &vars, 9.0)? - 0.5).abs() < 1e-12);
    let mut broken = (network.forward(&x)?.mean_all()? * f64::NAN)?.backward()?;
    assert!(train::clip(&mut broken, &vars, 1.0).unwrap_err().to_string().contains("length NaN"));
    Ok(())
}

#[test]
fn the_history_has_a_row_for_every_step_and_layer() -> Result {
    let (weights, network, x, y) = small()?;
    let mut optimiser = Optimiser::new(Rule::adam(), 0.05, &weights);
    let mut history = History::new();
    for _ in 0..30 {
        let loss = nn::loss::mse(&network.forward(&x)?, &y)?;
        let gradients = loss.backward()?;
        history.record(loss.to_scalar::<f64>()?, &weights, &gradients)?;
        optimiser.apply(&gradients)?;
    }
    assert!(history.losses[29] < history.losses[0] / 2.0, "{:?}", history.losses);
    let names: Vec<&str> = history.norms[0].iter().map(|norms| norms.name.as_str()).collect();
    assert_eq!(names, ["слой 1.bias", "слой 1.weight", "слой 2.bias", "слой 2.weight"]);
    assert_eq!((history.gradients("слой 1.weight").len(), history.weights("нет").len()), (30, 0));
    assert!(history.gradients("слой 2.weight").iter().all(|norm| *norm > 0.0));
    Ok(())
}

#[test]
fn a_loss_without_weights_is_refused() -> Result {
    let (weights, _, x, _) = small()?;
    let mut optimiser = Optimiser::new(Rule::adam(), 0.05, &weights);
    let loss = Var::from_tensor(&x)?.sqr()?.sum_all()?;
    let message = optimiser.step(&loss).unwrap_err().to_string();
    assert!(message.contains("train: the loss does not depend on any of the 4 weights"), "{message}");
    assert!(Mlp::new(&[3], nn::Activation::Relu, &nn::seeded(1).1).is_err());
    Ok(())
}

#[test]
fn small_networks_are_trained_at_once() -> Result {
    let (weights, network, x, y) = small()?;
    let loss = || nn::loss::mse(&network.forward(&x)?, &y);
    let before = loss()?.to_scalar::<f64>()?;
    let found = train::lbfgs(&weights.vars(), &loss, 1e-2, 500)?;
    assert!(found.value < before / 50.0, "{before} → {}", found.value);
    assert_eq!(loss()?.to_scalar::<f64>()?, found.value);
    let failing = || -> candle::Result<Tensor> { candle::bail!("нет данных") };
    assert!(train::lbfgs(&weights.vars(), &failing, 1e-4, 5).unwrap_err().to_string().contains("нет данных"));
    Ok(())
}

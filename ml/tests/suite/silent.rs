//! Where candle 0.11 and ndarray 0.17 answer wrongly without a word, `ml` has a function that does not.
//!
//! A test also pins the wrong answer where that is safe to compute: when a release mends it, the replacement can go.

use half::{bf16, f16};
use ml::nn::{self, loss, ops};
use ml::prelude::*;

fn row<T: candle::WithDType>(numbers: &[T]) -> Tensor {
    Tensor::from_slice(numbers, numbers.len(), &Device::Cpu).unwrap()
}

/// The gradient of the sum of `f` at the given numbers.
fn gradient(numbers: &[f64], f: impl Fn(&Tensor) -> candle::Result<Tensor>) -> Vec<f64> {
    let x = Var::from_tensor(&row(numbers)).unwrap();
    let gradients = f(&x).unwrap().sum_all().unwrap().backward().unwrap();
    gradients.get(&x).unwrap().to_vec1().unwrap()
}

#[test]
fn three_hundred_right_answers_are_three_hundred() -> Result {
    let (answers, wanted) = (row(&[7_u32; 400]), row(&[[7_u32; 300].as_slice(), &[8; 100]].concat()));
    let right = answers.eq(&wanted)?;
    assert_eq!(nn::count(&right)?, 300);
    assert_eq!((nn::sum(&right)?, nn::mean(&right)?), (300.0, 0.75));
    assert_eq!(ops::sum(&right, 0)?.to_scalar::<f64>()?, 300.0);
    let logits = Tensor::from_slice(&[0.1, 0.9, f64::NAN, 2.0, 3.0, 3.0_f64], (3, 2), &Device::Cpu)?;
    assert_eq!(nn::accuracy(&logits, &row(&[1_u32, 1, 0]))?, 2.0 / 3.0);
    let message = nn::accuracy(&logits, &row(&[1_u32, 1])).unwrap_err().to_string();
    assert!(message.contains("accuracy: logits [3, 2] and classes [2] do not fit"), "{message}");
    Ok(())
}

#[test]
fn the_mean_of_whole_numbers_need_not_be_whole() -> Result {
    for whole in [row(&[1_u8, 2]), row(&[1_u32, 2]), row(&[1_i64, 2])] {
        assert_ne!(whole.mean_all()?.to_dtype(DType::F64)?.to_scalar::<f64>()?, 1.5, "{:?}", whole.dtype());
        assert_eq!(nn::mean(&whole)?, 1.5);
        assert_eq!(ops::mean(&whole, 0)?.to_scalar::<f64>()?, 1.5);
    }
    assert!(nn::mean(&row::<f32>(&[])).is_err());
    Ok(())
}

#[test]
fn binary_cross_entropy_is_finite_for_every_logit() -> Result {
    let logits = [-1000.0, -100.0, -17.0, -0.5, 0.0, 0.5, 17.0, 100.0, 1000.0];
    // ln(1 + e^|x|) in exact arithmetic, rounded.
    let wrong = [1000.0, 100.0, 17.000000041399375, 0.9740769841801067, std::f64::consts::LN_2];
    for (place, logit) in logits.into_iter().enumerate() {
        let target = if logit > 0.0 { 0.0 } else { 1.0 };
        let at = |dtype| loss::binary_cross_entropy_with_logit(&row(&[logit]).to_dtype(dtype)?, &row(&[target]));
        let found = at(DType::F64)?.to_scalar::<f64>()?;
        assert!((found - wrong[place.min(8 - place)]).abs() < 1e-14 * (1.0 + found), "{logit}: {found}");
        assert!((f64::from(at(DType::F32)?.to_scalar::<f32>()?) - found).abs() < 1e-6 * found);
        let slope = gradient(&[logit], |x| loss::binary_cross_entropy_with_logit(x, &row(&[target])))[0];
        let wanted = 1.0 / (1.0 + (-logit).exp()) - target;
        assert!((slope - wanted).abs() < 1e-15, "{logit}: gradient {slope}, not {wanted}");
    }
    let theirs = |logit: f32| candle_nn::loss::binary_cross_entropy_with_logit(&row(&[logit]), &row(&[0.0_f32]));
    assert!(theirs(17.0)?.to_scalar::<f32>()?.is_infinite());
    assert!(loss::binary_cross_entropy_with_logit(&row(&[f64::NAN]), &row(&[1.0]))?.to_scalar::<f64>()?.is_nan());
    assert!(loss::binary_cross_entropy_with_logit(&row(&[1.0, 2.0]), &row(&[1.0])).is_err());
    Ok(())
}

#[test]
fn a_nan_anywhere_is_the_largest_error() -> Result {
    for place in 0..3 {
        let mut numbers = [0.1, 0.2, 0.3];
        numbers[place] = f64::NAN;
        let x = row(&numbers);
        assert!(nn::largest(&x)?.is_nan() && nn::smallest(&x)?.is_nan());
        assert!(nn::difference(&x, &row(&[0.1, 0.2, 0.3]))?.is_nan());
        assert!(ops::max(&x, 0)?.to_scalar::<f64>()?.is_nan());
        assert!(ops::relu(&x)?.to_vec1::<f64>()?[place].is_nan());
    }
    assert_eq!(row(&[0.1, f64::NAN]).max_all()?.to_scalar::<f64>()?, 0.1);
    let numbers = row(&[-1.0, 3.0, 2.0]);
    assert_eq!((nn::largest(&numbers)?, nn::smallest(&numbers)?), (3.0, -1.0));
    assert_eq!(nn::difference(&numbers, &row(&[-1.0, 3.0, 2.5]))?, 0.5);
    assert!(nn::difference(&numbers, &numbers.unsqueeze(0)?).is_err());
    Ok(())
}

#[test]
fn the_gradient_of_a_maximum_goes_to_one_place() -> Result {
    assert_eq!(gradient(&[1.0, 5.0, 5.0, 5.0], |x| ops::max(x, 0)), [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(gradient(&[2.0, 1.0, 1.0], |x| ops::min(x, 0)), [0.0, 1.0, 0.0]);
    assert_eq!(gradient(&[1.0, 5.0, 5.0, 5.0], |x| x.max(0)), [0.0, 1.0, 1.0, 1.0]);
    let pooled = |x: &Tensor| nn::max_pool2d(&x.reshape((1, 1, 2, 4))?, 2)?.flatten_all();
    assert_eq!(gradient(&[3.0, 3.0, 0.0, 1.0, 3.0, 3.0, 1.0, 1.0], pooled), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    let picture = Tensor::arange(0_f32, 16.0, &Device::Cpu)?.reshape((1, 1, 4, 4))?;
    assert_eq!(nn::max_pool2d(&picture, 2)?.flatten_all()?.to_vec1::<f32>()?, [5.0, 7.0, 13.0, 15.0]);
    let message = nn::max_pool2d(&picture, 3).unwrap_err().to_string();
    assert!(message.contains("pictures of 4 × 4 do not consist of squares 3 × 3"), "{message}");
    Ok(())
}

#[test]
fn maxima_are_taken_along_any_dimension() -> Result {
    let x = random::rng(1).normal_tensor((2, 3, 4))?;
    for dim in 0..3 {
        assert_eq!(nn::difference(&ops::max(&x, dim)?, &x.max(dim)?)?, 0.0);
        assert_eq!(nn::difference(&ops::min(&x, dim)?, &x.min(dim)?)?, 0.0);
        assert!(nn::difference(&ops::cumsum(&x, dim)?, &x.cumsum(dim)?)? < 1e-6);
    }
    Ok(())
}

#[test]
fn the_derivative_of_relu_at_zero_is_zero() {
    assert_eq!(gradient(&[-1.0, 0.0, -0.0, 2.0], ops::relu), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(gradient(&[-1.0, 0.0, 2.0], |x| nn::Activation::Relu.forward(x)), [0.0, 0.0, 1.0]);
    assert_eq!(gradient(&[0.0], |x| x.relu()), [1.0]);
}

#[test]
fn sums_of_half_precision_are_counted_in_full() -> Result {
    let (small, brain) = (row(&vec![f16::from_f64(0.001); 10_000]), row(&vec![bf16::from_f64(0.001); 10_000]));
    for (x, unit) in [(&small, f16::from_f64(0.001).to_f64()), (&brain, bf16::from_f64(0.001).to_f64())] {
        assert!((nn::sum(x)? - 1e4 * unit).abs() < 1e-9);
        assert!((nn::mean(x)? - unit).abs() < 1e-12);
        assert!((f64::from(ops::sum(x, 0)?.to_scalar::<f32>()?) - 1e4 * unit).abs() < 0.01);
    }
    assert!(brain.sum_all()?.to_dtype(DType::F32)?.to_scalar::<f32>()? < 5.0);
    Ok(())
}

#[test]
fn running_sums_survive_an_infinity() -> Result {
    let x = row(&[1.0, f64::INFINITY, 2.0]);
    assert_eq!(ops::cumsum(&x, 0)?.to_vec1::<f64>()?, [1.0, f64::INFINITY, f64::INFINITY]);
    assert!(x.cumsum(0)?.to_vec1::<f64>()?[0].is_nan());
    assert_eq!(gradient(&[1.0, 2.0, 3.0], |x| ops::cumsum(x, 0)), [3.0, 2.0, 1.0]);
    assert_eq!(ops::cumsum(&Tensor::zeros((2, 0), DType::F32, &Device::Cpu)?, 1)?.dims(), [2, 0]);
    Ok(())
}

#[test]
fn powers_of_negative_numbers_are_those_of_arithmetic() -> Result {
    let (x, y) = (row(&[-2.0, -2.0, 0.0, 0.0, 9.0, -8.0]), row(&[3.0, -2.0, 0.0, 2.0, 0.5, 0.5]));
    let powers = ops::pow(&x, &y)?.to_vec1::<f64>()?;
    assert_eq!(powers[..5], [-8.0, 0.25, 1.0, 0.0, 3.0]);
    assert!(powers[5].is_nan(), "there is no real square root of −8");
    assert!(x.pow(&y)?.to_vec1::<f64>()?[0].is_nan());
    assert_eq!(gradient(&[-2.0, 0.0], |x| ops::pow(x, &row(&[3.0, 2.0]))), [12.0, 0.0]);
    assert!(ops::pow(&x, &row(&[1.0])).is_err());
    Ok(())
}

#[test]
fn the_error_of_a_perfect_model_is_zero() {
    let y = array![1.0, 2.0, 3.0];
    let column = array![[1.0], [2.0], [3.0]];
    let broadcast: f64 = (&column - &y).mapv(|error| error * error).mean().unwrap();
    assert!((broadcast - 4.0 / 3.0).abs() < 1e-15, "ndarray makes (3, 3) of (3, 1) and (3): {broadcast}");
    assert_eq!(metrics::mse(&column, &y), 0.0);
}

#[test]
#[should_panic(expected = "metrics: 3 answers for 2 predictions")]
fn an_error_over_different_numbers_of_answers_is_refused() {
    metrics::mse([1.0, 2.0, 3.0], [1.0, 2.0]);
}

#[test]
fn a_transposed_array_becomes_a_tensor_row_by_row() -> Result {
    let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let turned = a.t().to_owned();
    assert_eq!(turned.clone().into_raw_vec_and_offset().0, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "the order of memory");
    let tensor = nn::tensor_f64(&turned)?;
    assert_eq!(tensor.to_vec2::<f64>()?, [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]);
    assert_eq!(nn::matrix(&tensor)?, turned);
    assert_eq!(nn::matrix(&nn::tensor(&a.t())?)?, turned);
    assert_eq!(nn::vector(&nn::tensor(&array![1.0, 2.0])?)?, array![1.0, 2.0]);
    assert_eq!(nn::classes(&[2, 0])?.to_vec1::<u32>()?, [2, 0]);
    Ok(())
}

#[test]
fn a_step_of_a_tenth_makes_ten_numbers() {
    for (to, step, count) in
        [(1.0, 0.1, 10), (1.0, 0.3, 4), (0.9, 0.3, 3), (2.0, 0.25, 8), (0.7, 0.1, 7), (100.0, 0.1, 1000)]
    {
        let numbers = steps(0.0..to, step);
        assert_eq!(numbers.len(), count, "[0; {to}) by {step}");
        assert!(numbers.iter().all(|number| *number < to));
        assert_eq!(numbers[count - 1], (count - 1) as f64 * step);
    }
    assert_eq!(steps(0.5..0.5, 0.1).len(), 0);
    let theirs = Tensor::arange_step(0.0, 1.0, 0.1, &Device::Cpu).unwrap();
    assert_eq!(theirs.elem_count(), 11, "candle adds the step up");
}

#[test]
#[should_panic(expected = "steps: a step of 0 from 0 leads nowhere")]
fn a_step_of_zero_is_refused() {
    steps(0.0..1.0, 0.0);
}

#[test]
fn rounding_takes_halves_to_even_numbers_and_lets_gradients_through() -> Result {
    let numbers = [-2.5, -1.5, -0.5, 0.4, 0.5, 1.5, 2.5, 3.7];
    let rounded = ops::round_through(&row(&numbers))?.to_vec1::<f64>()?;
    assert_eq!(rounded, numbers.map(f64::round_ties_even));
    assert_eq!(gradient(&numbers, ops::round_through), [1.0; 8]);
    Ok(())
}

#[test]
fn ten_million_tenths_do_not_depend_on_their_layout() -> Result {
    let flat = (Tensor::ones(10_000_000, DType::F32, &Device::Cpu)? * 0.1)?;
    let turned = flat.reshape((1000, 10_000))?.t()?;
    let wanted = 1e7 * f64::from(0.1_f32);
    for x in [&flat, &turned] {
        assert!((nn::sum(x)? / wanted - 1.0).abs() < 1e-13, "{}", nn::sum(x)?);
    }
    Ok(())
}

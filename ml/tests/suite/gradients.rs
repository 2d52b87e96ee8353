//! Gradients reach everything: candle's own layers stop some of them without a word.

use ml::nn::{self, Weights, ops, rotary_emb};
use ml::prelude::*;

/// Compares the gradients of all weights with central differences.
fn check(name: &str, weights: &Weights, loss: impl Fn() -> candle::Result<Tensor>) -> Result {
    const STEP: f64 = 1e-5;
    let gradients = loss()?.backward()?;
    // The running statistics of a batch normalisation are kept with the weights, but nobody trains them.
    for (weight, var) in weights.named().into_iter().filter(|(name, _)| !name.contains("running")) {
        let found: Vec<f64> = match gradients.get(&var) {
            Some(gradient) => gradient.flatten_all()?.to_vec1()?,
            None => panic!("{name}: no gradient reaches `{weight}`"),
        };
        let values: Vec<f64> = var.flatten_all()?.to_vec1()?;
        for (place, found) in found.into_iter().enumerate().take(12) {
            let at = |shift: f64| -> candle::Result<f64> {
                let mut values = values.clone();
                values[place] += shift;
                var.set(&Tensor::from_vec(values, var.shape(), &Device::Cpu)?)?;
                loss()?.to_scalar()
            };
            let wanted = (at(STEP)? - at(-STEP)?) / (2.0 * STEP);
            assert!(
                (found - wanted).abs() < 1e-6 + 1e-4 * wanted.abs(),
                "{name}, `{weight}`[{place}]: {found}, not {wanted}"
            );
        }
        var.set(&Tensor::from_vec(values, var.shape(), &Device::Cpu)?)?;
    }
    Ok(())
}

/// Checks a layer between two others, so that gradients must pass through it.
fn between<M: Module>(
    name: &str,
    make: impl Fn(nn::VarBuilder<'static>) -> candle::Result<M>,
    shape: (usize, usize, usize),
) -> Result {
    let (weights, vb) = nn::seeded_as(3, DType::F64);
    let width = shape.2;
    let first = nn::linear(4, width, vb.pp("до"))?;
    let layer = make(vb.pp("слой"))?;
    let x = random::rng(5).normal_tensor((shape.0, shape.1, 4))?.to_dtype(DType::F64)?;
    let run = || layer.forward(&first.forward(&x)?);
    let target = random::rng(6).normal_tensor(run()?.shape())?.to_dtype(DType::F64)?;
    check(name, &weights, || run()?.mul(&target)?.sum_all())
}

#[test]
fn gradients_pass_through_every_layer() -> Result {
    let shape = (2, 3, 6);
    between("layer_norm", |vb| nn::layer_norm(6, 1e-5, vb), shape)?;
    between("layer_norm_no_bias", |vb| nn::layer_norm_no_bias(6, 1e-5, vb), shape)?;
    between("rms_norm", |vb| nn::rms_norm(6, 1e-5, vb), shape)?;
    between("softmax_last_dim", |_| Ok(nn::func(ops::softmax_last_dim)), shape)?;
    between("softmax", |_| Ok(nn::func(|x| ops::softmax(x, 1))), shape)?;
    between("log_softmax", |_| Ok(nn::func(|x| ops::log_softmax(x, 2))), shape)?;
    between("sigmoid", |_| Ok(nn::func(ops::sigmoid)), shape)?;
    between("silu", |_| Ok(nn::func(ops::silu)), shape)?;
    between("group_norm", |vb| nn::group_norm(1, 3, 1e-5, vb), shape)?;
    for activation in [
        nn::Activation::Relu,
        nn::Activation::Gelu,
        nn::Activation::Silu,
        nn::Activation::Elu(1.0),
        nn::Activation::LeakyRelu(0.1),
        nn::Activation::Mish,
        nn::Activation::Sigmoid,
        nn::Activation::Tanh,
    ] {
        between(&format!("{activation:?}"), |_| Ok(activation), shape)?;
    }
    Ok(())
}

#[test]
fn gradients_pass_through_convolutions() -> Result {
    for (padding, stride, groups, dilation) in [(0, 1, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (1, 1, 2, 1), (2, 1, 1, 2)] {
        let (weights, vb) = nn::seeded_as(3, DType::F64);
        let first = nn::linear(4, 6, vb.pp("до"))?;
        let config = nn::Conv2dConfig { padding, stride, groups, dilation, ..Default::default() };
        let layer = nn::conv2d(2, 4, 3, config, vb.pp("слой"))?;
        let mut rng = random::rng(5);
        let x = rng.normal_tensor((2, 2, 6, 4))?.to_dtype(DType::F64)?;
        let run = || layer.forward(&first.forward(&x)?);
        let target = rng.normal_tensor(run()?.shape())?.to_dtype(DType::F64)?;
        check(&format!("conv2d {config:?}"), &weights, || run()?.mul(&target)?.sum_all())?;
    }
    Ok(())
}

#[test]
fn gradients_pass_through_transposed_convolutions_and_pooling() -> Result {
    let (weights, vb) = nn::seeded_as(3, DType::F64);
    let layer =
        nn::conv_transpose2d(2, 3, 2, nn::ConvTranspose2dConfig { stride: 2, ..Default::default() }, vb.pp("слой"))?;
    let first = nn::linear(4, 4, vb.pp("до"))?;
    let mut rng = random::rng(5);
    let x = rng.normal_tensor((2, 2, 4, 4))?.to_dtype(DType::F64)?;
    let up = || layer.forward(&first.forward(&x)?);
    let target = rng.normal_tensor(up()?.shape())?.to_dtype(DType::F64)?;
    check("conv_transpose2d", &weights, || up()?.mul(&target)?.sum_all())?;
    check("avg_pool2d", &weights, || up()?.mul(&target)?.avg_pool2d(2)?.sqr()?.sum_all())?;
    check("max_pool2d", &weights, || nn::max_pool2d(&up()?.mul(&target)?, 2)?.sqr()?.sum_all())?;
    check("upsample", &weights, || up()?.upsample_nearest2d(16, 16)?.sqr()?.sum_all())
}

#[test]
fn gradients_pass_through_the_operations_of_tensors() -> Result {
    type Op = fn(&Tensor) -> candle::Result<Tensor>;
    let ops: &[(&str, Op)] = &[
        ("exp", |x| x.exp()),
        ("log", |x| (x.sqr()? + 1.0)?.log()),
        ("sqrt", |x| (x.sqr()? + 1.0)?.sqrt()),
        ("tanh", |x| x.tanh()),
        ("sin", |x| x.sin()),
        ("cos", |x| x.cos()),
        ("erf", |x| x.erf()),
        ("gelu", |x| x.gelu()),
        ("gelu_erf", |x| x.gelu_erf()),
        ("relu", |x| x.relu()),
        ("silu", |x| x.silu()),
        ("elu", |x| x.elu(1.0)),
        ("abs", |x| x.abs()),
        ("recip", |x| (x.sqr()? + 1.0)?.recip()),
        ("powf", |x| x.sqr()?.powf(1.7)),
        ("pow", |x| (x.sqr()? + 1.0)?.pow(&x.tanh()?)),
        ("clamp", |x| x.clamp(-0.5, 0.7)),
        ("maximum", |x| x.maximum(&x.neg()?)),
        ("minimum", |x| x.minimum(&(x * 2.0)?)),
        ("ops::relu", ops::relu),
        ("ops::gelu", ops::gelu),
        ("ops::pow", |x| ops::pow(&(x.sqr()? + 1.0)?, &x.tanh()?)),
        ("ops::pow of negative numbers", |x| ops::pow(&(x.tanh()? - 2.0)?, &(x.zeros_like()? + 3.0)?.detach())),
        ("ops::max", |x| ops::max(x, 1)),
        ("ops::min", |x| ops::min(x, 2)),
        ("ops::cumsum", |x| ops::cumsum(&x.sqr()?, 1)),
        ("ops::mean", |x| ops::mean(&x.sqr()?, 0)),
        ("max", |x| x.max(2)),
        ("min", |x| x.min(1)),
        ("mean", |x| x.mean(1)),
        ("var", |x| x.var(2)),
        ("sum_keepdim", |x| x.sum_keepdim((0, 2))),
        ("logsumexp", |x| x.log_sum_exp(2)),
        ("broadcast_add", |x| x.broadcast_add(&x.narrow(1, 0, 1)?)),
        ("broadcast_mul", |x| x.broadcast_mul(&x.narrow(2, 1, 1)?)),
        ("broadcast_div", |x| x.broadcast_div(&(x.sqr()?.sum_keepdim(2)? + 1.0)?)),
        ("narrow", |x| x.narrow(2, 1, 3)),
        ("index_select", |x| x.index_select(&Tensor::new(&[2_u32, 0, 2], &Device::Cpu)?, 1)),
        ("gather", |x| x.gather(&Tensor::zeros((2, 3, 2), DType::U32, &Device::Cpu)?, 2)),
        ("cat", |x| Tensor::cat(&[x, &x.sqr()?], 1)),
        ("stack", |x| Tensor::stack(&[x, &x.sqr()?], 1)),
        ("chunk", |x| &x.chunk(2, 2)?[0] * &x.chunk(2, 2)?[1]),
        ("transpose", |x| x.transpose(0, 2)?.contiguous()?.sqr()),
        ("permute", |x| x.permute((2, 0, 1))?.sqr()),
        ("reshape", |x| x.transpose(1, 2)?.reshape((4, 9))?.sqr()),
        ("flip", |x| x.flip(&[2])),
        ("pad", |x| x.pad_with_zeros(2, 1, 2)),
        ("pad_same", |x| x.pad_with_same(2, 1, 2)),
        ("repeat", |x| x.repeat((1, 2, 1))),
        ("roll", |x| x.roll(2, 1)),
        ("expand", |x| x.narrow(1, 0, 1)?.expand((2, 3, 6))),
        ("where", |x| x.gt(0.0)?.where_cond(x, &x.sqr()?)),
        ("cumsum", |x| x.cumsum(2)),
        ("matmul", |x| x.matmul(&x.transpose(1, 2)?)),
        ("matmul of a transpose", |x| x.transpose(1, 2)?.matmul(x)),
        ("squeeze", |x| x.unsqueeze(1)?.squeeze(1)),
        ("affine", |x| x.affine(2.0, 1.0)),
        ("upsample", |x| x.unsqueeze(0)?.upsample_nearest2d(6, 12)),
        ("avg_pool2d", |x| x.unsqueeze(0)?.avg_pool2d((1, 2))),
        ("cross_entropy", |x| {
            nn::loss::cross_entropy(&x.reshape((6, 6))?, &Tensor::new(&[0_u32, 1, 2, 3, 4, 5], &Device::Cpu)?)
        }),
        ("mse", |x| nn::loss::mse(x, &x.zeros_like()?)),
        ("bce", |x| nn::loss::binary_cross_entropy_with_logit(x, &x.ones_like()?)),
        ("bce near zero", |x| nn::loss::binary_cross_entropy_with_logit(&(x * 1e-3)?, &(x.zeros_like()? + 0.3)?)),
        ("focal", |x| nn::loss::focal(x, &(x.zeros_like()? + 1.0)?, 2.0)),
        ("pinball", |x| nn::loss::pinball(x, &x.zeros_like()?, 0.9)),
        ("mae", |x| nn::loss::mae(x, &x.zeros_like()?)),
        ("soft_cross_entropy", |x| nn::loss::soft_cross_entropy(x, &(x.zeros_like()? + 1.0 / 6.0)?)),
        ("kl_divergence", |x| nn::loss::kl_divergence(x, &(x.zeros_like()? + 1.0 / 6.0)?)),
        ("smoothed_cross_entropy", |x| {
            let classes = Tensor::new(&[0_u32, 1, 2, 3, 4, 5], &Device::Cpu)?;
            nn::loss::smoothed_cross_entropy(&x.reshape((6, 6))?, &classes, 0.1)
        }),
        ("huber", |x| nn::loss::huber(x, &x.zeros_like()?, 0.5)),
    ];
    ops.iter().try_for_each(|(name, op)| between(name, |_| Ok(nn::func(*op)), (2, 3, 6)))
}

#[test]
fn gradients_pass_through_batch_normalisation() -> Result {
    let (weights, vb) = nn::seeded_as(3, DType::F64);
    let first = nn::linear(4, 4, vb.pp("до"))?;
    let layer = nn::batch_norm(2, 1e-5, vb.pp("слой"))?;
    let mut rng = random::rng(5);
    let x = rng.normal_tensor((3, 2, 4, 4))?.to_dtype(DType::F64)?;
    let target = rng.normal_tensor((3, 2, 4, 4))?.to_dtype(DType::F64)?;
    let loss = || layer.forward_t(&first.forward(&x)?, true)?.mul(&target)?.sum_all();
    check("batch_norm", &weights, loss)
}

#[test]
fn gradients_pass_through_rotary_positions() -> Result {
    let (weights, vb) = nn::seeded_as(3, DType::F64);
    let layer = nn::linear(4, 4, vb)?;
    let mut rng = random::rng(1);
    let mut tensor = |shape: &[usize]| rng.normal_tensor(shape)?.to_dtype(DType::F64);
    let (x, target) = (tensor(&[1, 2, 5, 4])?, tensor(&[1, 2, 5, 4])?);
    let angles = tensor(&[5, 2])?;
    for rope in [rotary_emb::rope, rotary_emb::rope_i] {
        let turned = || rope(&layer.forward(&x)?, &angles.cos()?, &angles.sin()?)?.mul(&target)?.sum_all();
        check("rope", &weights, turned)?;
    }
    Ok(())
}

#[test]
fn gradients_reach_every_weight_of_recurrent_layers_and_embeddings() -> Result {
    use ml::nn::RNN as _;
    let (weights, vb) = nn::seeded_as(3, DType::F64);
    let embedding = nn::embedding(5, 3, vb.pp("эмбеддинг"))?;
    let lstm = nn::lstm(3, 4, nn::LSTMConfig::default(), vb.pp("lstm"))?;
    let gru = nn::gru(4, 2, nn::GRUConfig::default(), vb.pp("gru"))?;
    let tokens = Tensor::new(&[[0_u32, 3, 1, 4, 2]], &Device::Cpu)?;
    check("recurrent", &weights, || {
        let states = lstm.states_to_tensor(&lstm.seq(&embedding.forward(&tokens)?)?)?;
        gru.states_to_tensor(&gru.seq(&states)?)?.sqr()?.sum_all()
    })
}

#[test]
fn one_pass_softmax_and_norms_agree_with_their_definitions() -> Result {
    let x = random::rng(1).normal_tensor((4, 7))?;
    assert!(nn::difference(&ops::softmax_last_dim(&x)?, &ops::softmax(&x, 1)?)? < 1e-6);
    assert!(nn::difference(&ops::softmax_last_dim(&x.t()?)?, &ops::softmax(&x.t()?, 1)?)? < 1e-6);
    let layer = nn::layer_norm(7, 1e-5, nn::seeded(1).1)?;
    let y = layer.forward(&x)?;
    let mean = nn::largest(&y.mean(1)?.abs()?)?;
    let square = nn::largest(&(y.sqr()?.mean(1)? - 1.0)?.abs()?)?;
    assert!(mean < 1e-6 && square < 1e-3, "mean {mean}, square {square}");
    Ok(())
}

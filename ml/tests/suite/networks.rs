//! Networks are the same for the same seed.

use ml::nn::{ModuleT as _, Weights, seeded_as};
use ml::prelude::*;

fn network(seed: u64) -> (Weights, nn::Sequential) {
    let (weights, vb) = nn::seeded(seed);
    let first = nn::linear(2, 8, vb.pp("первый")).unwrap();
    let last = nn::linear(8, 1, vb.pp("последний")).unwrap();
    (weights, nn::seq().add(first).add(nn::Activation::Relu).add(last))
}

#[test]
fn weights_depend_on_the_seed_and_their_names_alone() -> Result {
    let numbers = |seed| -> Result<Vec<f32>> { Ok(network(seed).0.vars()[1].flatten_all()?.to_vec1()?) };
    assert_eq!(numbers(7)?, numbers(7)?);
    assert_ne!(numbers(7)?, numbers(8)?);
    let (weights, vb) = nn::seeded(7);
    nn::linear(8, 1, vb.pp("последний"))?;
    let alone: Vec<f32> = weights.named()[1].1.flatten_all()?.to_vec1()?;
    let together: Vec<f32> = network(7).0.named()[3].1.flatten_all()?.to_vec1()?;
    assert_eq!(alone, together);
    Ok(())
}

#[test]
fn training_is_repeatable_and_weights_survive_a_file() -> Result {
    let train = || -> Result<(f32, Vec<u8>)> {
        let (weights, network) = network(1);
        let x = random::rng(2).normal_tensor((32, 2))?;
        let y = x.sum_keepdim(1)?;
        let mut optimiser = nn::AdamW::new_lr(weights.vars(), 0.05)?;
        let mut loss = f32::INFINITY;
        for _ in 0..60 {
            let error = nn::loss::mse(&network.forward(&x)?, &y)?;
            optimiser.backward_step(&error)?;
            loss = error.to_scalar()?;
        }
        Ok((loss, weights.to_bytes()?))
    };
    let (loss, bytes) = train()?;
    assert!(loss < 0.05, "the loss is {loss}");
    assert_eq!((loss, &bytes), (train()?.0, &train()?.1));

    let (weights, _) = network(99);
    weights.load(&bytes)?;
    assert_eq!(weights.to_bytes()?, bytes);
    let message = seeded_as(1, DType::F32).0.load(&bytes).map(|()| "an empty network takes any file");
    assert!(message.is_ok());
    let (other, vb) = nn::seeded(1);
    nn::linear(2, 2, vb.pp("другой"))?;
    assert!(other.load(&bytes).unwrap_err().to_string().starts_with("there is no weight `другой."));
    Ok(())
}

#[test]
fn dropout_keeps_the_mean_and_its_seed() -> Result {
    let ones = Tensor::ones(10_000, DType::F32, &Device::Cpu)?;
    let dropped = nn::Dropout::new(0.3, 5).forward_t(&ones, true)?;
    let mean = dropped.mean_all()?.to_scalar::<f32>()?;
    assert!((mean - 1.0).abs() < 0.03, "the mean is {mean}");
    let again = nn::Dropout::new(0.3, 5).forward_t(&ones, true)?;
    assert_eq!(dropped.to_vec1::<f32>()?, again.to_vec1::<f32>()?);
    assert_eq!(nn::Dropout::new(0.3, 5).forward_t(&ones, false)?.to_vec1::<f32>()?, ones.to_vec1::<f32>()?);
    Ok(())
}

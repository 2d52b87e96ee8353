//! All of a small network at once, by L-BFGS.

use std::cell::RefCell;

use candle_core::{DType, Error, Result, Tensor, Var};

use crate::optim::{self, Minimum};

/// Makes a loss of some weights as small as it goes, over all objects at once (Liu and Nocedal, 1989); the weights end at the minimum.
///
/// Weights of `f64` are best: in `f32` a line search soon cannot tell values apart.
///
/// # Errors
/// When the loss fails or is not finite, or `steps` are not enough.
pub fn lbfgs(vars: &[Var], loss: &dyn Fn() -> Result<Tensor>, tolerance: f64, steps: usize) -> Result<Minimum> {
    let failed = RefCell::new(None);
    let at = |theta: &[f64]| {
        value(vars, loss, theta).unwrap_or_else(|error| {
            failed.borrow_mut().get_or_insert(error);
            (f64::NAN, vec![f64::NAN; theta.len()])
        })
    };
    let found = optim::lbfgs(&at, &flat(vars)?, 10, tolerance, steps);
    if let Some(error) = failed.into_inner() {
        return Err(error);
    }
    let found = found.map_err(Error::wrap)?;
    set(vars, &found.x)?;
    Ok(found)
}

fn value(vars: &[Var], loss: &dyn Fn() -> Result<Tensor>, theta: &[f64]) -> Result<(f64, Vec<f64>)> {
    set(vars, theta)?;
    let loss = loss()?;
    let gradients = loss.backward()?;
    let mut all = Vec::with_capacity(theta.len());
    for var in vars {
        match gradients.get(var) {
            Some(gradient) => all.extend(gradient.flatten_all()?.to_dtype(DType::F64)?.to_vec1::<f64>()?),
            None => all.resize(all.len() + var.elem_count(), 0.0),
        }
    }
    Ok((loss.to_dtype(DType::F64)?.to_scalar()?, all))
}

fn flat(vars: &[Var]) -> Result<Vec<f64>> {
    let mut all = Vec::new();
    for var in vars {
        all.extend(var.flatten_all()?.to_dtype(DType::F64)?.to_vec1::<f64>()?);
    }
    Ok(all)
}

fn set(vars: &[Var], theta: &[f64]) -> Result<()> {
    let mut rest = theta;
    for var in vars {
        let (numbers, tail) = rest.split_at(var.elem_count());
        rest = tail;
        let tensor = Tensor::from_slice(numbers, var.shape(), var.device())?;
        var.set(&tensor.to_dtype(var.dtype())?)?;
    }
    Ok(())
}

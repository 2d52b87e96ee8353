//! The model as a file.

use language::{Error, Model};

use crate::{model, text};

#[test]
fn a_file_keeps_the_model_to_sixteen_bits() {
    let model = model();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(bytes, model.to_bytes().unwrap());
    let read = Model::from_bytes(&bytes).unwrap();
    assert_eq!((read.shape(), read.count()), (model.shape(), model.count()));
    assert_eq!(read.alphabet(), model.alphabet());
    for ((name, _, _, before), (_, _, _, after)) in model.weights().zip(read.weights()) {
        let gap = before.iter().zip(after).map(|(x, y)| (x - y).abs() / (x.abs() + 1e-4)).fold(0.0, f32::max);
        assert!(gap < 1e-3, "{name}: {gap}");
    }
    assert!((read.bits(&text(60)).unwrap() - model.bits(&text(60)).unwrap()).abs() < 1e-2);
    assert_eq!(read.to_bytes().unwrap(), bytes);
}

#[test]
fn other_bytes_are_not_a_model() {
    let mut bytes = model().to_bytes().unwrap();
    assert!(matches!(Model::from_bytes(&bytes[..bytes.len() - 1]), Err(Error::File(_))));
    assert!(matches!(Model::from_bytes("не модель".as_bytes()), Err(Error::File(_))));
    // A name in the head of the file: the weight is no longer there.
    let place = bytes.windows(8).position(|name| name == b"s.0.down").unwrap();
    bytes[place] = b'x';
    let error = Model::from_bytes(&bytes).unwrap_err();
    assert!(error.to_string().contains("layers.0.down"), "{error}");
}

//! The engine that compiles nothing is heard as the real one is.

use engine::fake::{Fake, Speaker};
use engine::{Conditions, End, Engine, Environment, Message, Purpose, Unit};
use kernel::Part;
use kernel::wire::Event;

use super::{Book, LIMITS, engine, page, unit};

/// What a page does that prints, shows and reads.
fn speak(_: &Unit, program: &mut Speaker<'_>) -> Result<End, Vec<Message>> {
    program.tell(Event::Enter(0));
    program.print("шаг\n");
    let length = program.ask(Event::Read("ирис.csv".to_owned())).map(|bytes| bytes.len()).unwrap_or_default();
    let refusal = program.ask(Event::Read("нет.csv".to_owned())).unwrap_err();
    program.print(&format!("{length} {refusal}\n"));
    program.tell(Event::Show(vec![Part::Text("ответ".to_owned())]));
    program.tell(Event::Leave(0));
    program.tell(Event::Done);
    Ok(End::Exit(0))
}

const CODE: &str = "kernel::enter(0); println!(\"шаг\");
let (length, refusal) = (kernel::read(\"ирис.csv\")?.len(), kernel::read(\"нет.csv\").unwrap_err());
println!(\"{length} {refusal}\");
struct Ответ;
impl kernel::Show for Ответ { fn show(&self) -> kernel::Rich { kernel::Rich::text(\"ответ\") } }
kernel::show!(Ответ);
kernel::leave(0);";

#[test]
fn a_fake_program_is_heard_as_a_real_one_is() {
    let unit = unit(page(CODE), Purpose::Run { seed: 0, limits: LIMITS });
    let fake = Fake::new(Environment::default(), speak);
    let (mut told, mut asked) = (Book::default(), Book::default());
    let spoken = fake.run(&unit, Conditions::Usual, &mut told).unwrap();
    assert_eq!(spoken, engine().run(&unit, Conditions::Usual, &mut asked).unwrap());
    assert_eq!(told.asked, asked.asked);
}

#[test]
fn a_fake_program_that_is_only_checked_or_refused_does_not_run() {
    let fake = Fake::new(Environment::default(), speak);
    let run = |unit: &Unit| fake.run(unit, Conditions::Usual, &mut Book::default()).unwrap().run;
    assert!(run(&unit(page(CODE), Purpose::Check)).is_none());
    let refusal = Message {
        level: "error".into(),
        code: "E0425".into(),
        text: "нет такого имени".into(),
        spans: Vec::new(),
        children: Vec::new(),
    };
    let strict = Fake::new(Environment::default(), |_: &Unit, _: &mut Speaker<'_>| Err(vec![refusal.clone()]));
    let unit = unit(page("x;"), Purpose::Run { seed: 0, limits: LIMITS });
    let outcome = strict.run(&unit, Conditions::Usual, &mut Book::default()).unwrap();
    assert_eq!((outcome.messages, outcome.run), (vec![refusal.clone()], None));
}

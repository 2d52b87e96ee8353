//! Programs without a compiler: the glue that a plan writes, read and done, around cells of whole numbers.
//!
//! Cells may bind (`let a = b + 1;`), show, print, panic, ask (`input::pick("шаг", 3)` has the values 0, 1 and 2), pass artefacts on, and
//! use seconds of a processor (`work(2)`).

use std::collections::BTreeMap;
use std::time::Duration;

use engine::fake::Speaker;
use engine::{End, Message, Unit};
use kernel::Part;
use kernel::wire::{Event, Input, Knob, Nature, Spot};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{BinOp, Block, Expr, Item, Lit, Pat, Stmt, Token};

/// Does what the program of a unit says.
pub fn speak(unit: &Unit, speaker: &mut Speaker<'_>) -> Result<End, Vec<Message>> {
    let file = syn::parse_file(&unit.text).expect("a program is Rust");
    let page = file.items.iter().find_map(|item| match item {
        Item::Fn(function) if function.sig.ident == "page" => Some(&function.block),
        _ => None,
    });
    let mut program = Program { speaker, file: &unit.file, values: BTreeMap::new(), last: u32::MAX };
    match program.statements(&page.expect("a program has a page").stmts) {
        Ok(()) => {
            program.speaker.tell(Event::Done);
            Ok(End::Exit(0))
        }
        Err(_) => Ok(End::Exit(101)),
    }
}

struct Program<'a, 'b> {
    speaker: &'a mut Speaker<'b>,
    file: &'a str,
    values: BTreeMap<String, i64>,
    /// The last cell that the state wants.
    last: u32,
}

/// Why statements end before their last.
enum Stop {
    Panic,
    Enough,
}

/// `0; statements`: the arguments of `live!`.
struct Live(u32, Vec<Stmt>);

impl Parse for Live {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let group: syn::LitInt = input.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Self(group.base10_parse()?, input.call(Block::parse_within)?))
    }
}

impl Program<'_, '_> {
    fn statements(&mut self, statements: &[Stmt]) -> Result<(), Stop> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> Result<(), Stop> {
        match statement {
            Stmt::Item(_) => {}
            Stmt::Local(local) => {
                let Pat::Ident(name) = &local.pat else { panic!("{}", local.to_token_stream()) };
                let value = self.value(&local.init.as_ref().expect("a value").expr)?;
                self.values.insert(name.ident.to_string(), value);
            }
            Stmt::Expr(expression, _) => drop(self.value(expression)?),
            Stmt::Macro(call) => self.call_macro(&call.mac)?,
        }
        Ok(())
    }

    /// The value of an expression; 0 of one that only does something.
    fn value(&mut self, expression: &Expr) -> Result<i64, Stop> {
        Ok(match expression {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(number) => number.base10_parse().expect("a number"),
                _ => 0,
            },
            Expr::Path(path) => self.values[&path.path.require_ident().expect("a name").to_string()],
            Expr::Paren(inner) => self.value(&inner.expr)?,
            Expr::Reference(inner) => self.value(&inner.expr)?,
            Expr::Try(inner) => self.value(&inner.expr)?,
            Expr::Binary(binary) => {
                let (left, right) = (self.value(&binary.left)?, self.value(&binary.right)?);
                match binary.op {
                    BinOp::Add(_) => left + right,
                    BinOp::Mul(_) => left * right,
                    BinOp::Ge(_) => i64::from(left >= right),
                    BinOp::Eq(_) => i64::from(left == right),
                    _ => panic!("{}", binary.to_token_stream()),
                }
            }
            Expr::If(test) => {
                let Expr::Call(call) = &*test.cond else { panic!("{}", test.to_token_stream()) };
                if number(&call.args[0]) > self.last {
                    return Err(Stop::Enough);
                }
                0
            }
            Expr::Match(pair) => self.claim_pair(pair)?,
            Expr::Call(call) => self.call(call)?,
            Expr::Macro(call) => {
                self.call_macro(&call.mac)?;
                0
            }
            other => panic!("{}", other.to_token_stream()),
        })
    }

    fn call(&mut self, call: &syn::ExprCall) -> Result<i64, Stop> {
        let Expr::Path(path) = &*call.func else { panic!("{}", call.to_token_stream()) };
        let name = path.path.segments.last().expect("a name").ident.to_string();
        let args = &call.args;
        match name.as_str() {
            "Ok" | "here" => {}
            "enter" => self.speaker.tell(Event::Enter(number(&args[0]))),
            "leave" => self.speaker.tell(Event::Leave(number(&args[0]))),
            "claim" => {
                let holds = self.value(&args[1])? != 0;
                self.speaker.tell(Event::Claim { id: number(&args[0]), holds, values: String::new() });
            }
            "should_panic" => {
                let Expr::Closure(closure) = &args[0] else { panic!("{}", call.to_token_stream()) };
                let Expr::Block(body) = &*closure.body else { panic!("{}", call.to_token_stream()) };
                if self.statements(&body.block.stmts).is_err() {
                    self.speaker.tell(Event::Expected);
                }
            }
            "pick" => {
                let values: Vec<String> = (0..number(&args[1])).map(|value| value.to_string()).collect();
                let spot = self.spot(call.span());
                let input =
                    Input { name: text(&args[0]), unit: String::new(), knob: Knob::Choice, values, default: 0, spot };
                return Ok(self.speaker.number(Event::Input(Box::new(input))).into());
            }
            "work" => self.speaker.work(Duration::from_secs(number(&args[0]).into())),
            "read" => return Ok(self.speaker.ask(Event::Read(text(&args[0]))).map_or(-1, |bytes| bytes.len() as i64)),
            "load" => return Ok(self.speaker.ask(Event::Load(text(&args[0]))).map_or(-1, |bytes| bytes[0].into())),
            "save" => {
                let bytes = vec![self.value(&args[1])? as u8];
                let saved = self.speaker.ask(Event::Save { name: text(&args[0]), bytes });
                assert_eq!(saved, Ok(Vec::new()));
            }
            other => panic!("{other}"),
        }
        Ok(0)
    }

    fn call_macro(&mut self, call: &syn::Macro) -> Result<(), Stop> {
        match call.path.segments.last().expect("a name").ident.to_string().as_str() {
            "live" => {
                let Live(group, body) = call.parse_body().expect("a group");
                self.live(group, &body)?;
            }
            "inline" => {
                let arguments = arguments(call);
                let text = self.value(&arguments[2])?.to_string();
                self.speaker.tell(Event::Inline { id: number(&arguments[0]), text, nature: Nature::Value });
            }
            "show" => {
                let value = self.value(&arguments(call)[0])?;
                self.speaker.tell(Event::Show(vec![Part::Text(value.to_string())]));
            }
            "println" => {
                let arguments = arguments(call);
                let line = match arguments.get(1) {
                    Some(value) => format!("{}{}", text(&arguments[0]).replace("{}", ""), self.value(value)?),
                    None => text(&arguments[0]),
                };
                self.speaker.print(&format!("{line}\n"));
            }
            "panic" => {
                let (spot, message) = (Some(self.spot(call.span())), text(&arguments(call)[0]));
                self.speaker.tell(Event::Panic { spot, message });
                return Err(Stop::Panic);
            }
            other => panic!("{other}"),
        }
        Ok(())
    }

    /// As `kernel::live!` does it: once for each state, and once more for the page.
    fn live(&mut self, group: u32, body: &[Stmt]) -> Result<(), Stop> {
        loop {
            self.last = self.speaker.number(Event::State(group));
            let before = self.values.clone();
            let stopped = self.statements(body);
            self.values = before;
            if let Err(Stop::Panic) = stopped {
                return stopped;
            }
            if self.speaker.number(Event::Again(group)) == 0 {
                break;
            }
        }
        self.last = self.speaker.number(Event::State(group));
        self.statements(body)?;
        self.speaker.number(Event::Again(group));
        Ok(())
    }

    /// `match (&(a), &(b)) { (a, b) => ::kernel::claim_pair(0, a >= b, a, b) }`
    fn claim_pair(&mut self, pair: &syn::ExprMatch) -> Result<i64, Stop> {
        let (Expr::Tuple(sides), Expr::Call(call)) = (&*pair.expr, &*pair.arms[0].body) else {
            panic!("{}", pair.to_token_stream())
        };
        let (left, right) = (self.value(&sides.elems[0])?, self.value(&sides.elems[1])?);
        let holds = match call.args[1].to_token_stream().to_string().as_str() {
            "a >= b" => left >= right,
            "a == b" => left == right,
            other => panic!("{other}"),
        };
        let values = format!("left: {left}, right: {right}");
        self.speaker.tell(Event::Claim { id: number(&call.args[0]), holds, values });
        Ok(0)
    }

    fn spot(&self, span: proc_macro2::Span) -> Spot {
        let at = span.start();
        Spot { file: self.file.to_owned(), line: at.line as u32, column: at.column as u32 + 1 }
    }
}

fn arguments(call: &syn::Macro) -> Vec<Expr> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    parser.parse2(call.tokens.clone()).expect("arguments").into_iter().collect()
}

fn number(expression: &Expr) -> u32 {
    let Expr::Lit(syn::ExprLit { lit: Lit::Int(number), .. }) = expression else { panic!("no number") };
    number.base10_parse().expect("a number")
}

fn text(expression: &Expr) -> String {
    let Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = expression else { panic!("no text") };
    text.value()
}

//! Shows what is opened of a file: `cargo run --example show -- FILE`.

use madar_open::{Given, open_all};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let given = Given {
        origin: Some(path.clone()),
        ..Given::default()
    };
    for opened in open_all(&std::fs::read(path)?, &given) {
        let document = match opened {
            Ok(document) => document,
            Err(error) => {
                println!("{error}\nhint: {}", error.hint());
                continue;
            }
        };
        println!("{:?}", document.meta);
        for warning in &document.warnings {
            println!("! {warning}");
        }
        for block in &document.blocks {
            let spot = document.spot(block.span.start);
            let spot = spot.map(|spot| format!("{spot:?} ")).unwrap_or_default();
            let text = block.span.of(&document.text);
            println!("{spot}[{}] {text}", block.kind.name());
        }
    }
    Ok(())
}

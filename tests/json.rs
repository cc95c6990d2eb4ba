//! `--json`: each line is an object with documented keys, and says what the text says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rtcpdump::fields;
use rtcpdump::sink::json::layout;
use serde_json::{Map, Value};
use support::rtcpdump;

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn captures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(in_project("captures")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "pcap" || ending == "pcapng")).collect()
}

/// Standard output of a run that goes well.
fn printed(capture: &Path, options: &str) -> String {
    let output = rtcpdump().args(options.split_whitespace()).arg("-r").arg(capture).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn objects(capture: &Path, options: &str) -> Vec<Map<String, Value>> {
    let text = printed(capture, options);
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The paths of all values in an object; an empty object is one too.
fn leaves(object: &Map<String, Value>, path: &str, take: &mut impl FnMut(String, &Value)) {
    for (key, value) in object {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Object(inner) => {
                take(path.clone(), value);
                leaves(inner, &path, take);
            }
            _ => take(path, value),
        }
    }
}

fn type_fits(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number, seconds" => value.is_number(),
        "string" => value.is_string(),
        "array of strings" => value.as_array().is_some_and(|values| values.iter().all(Value::is_string)),
        "array of integers" => value.as_array().is_some_and(|values| values.iter().all(Value::is_u64)),
        _ => false,
    }
}

/// The rows of docs/json.md: path and type.
fn documented() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(in_project("docs/json.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let columns = rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    columns.map(|columns| (columns[0].trim_matches('`').to_owned(), columns[1].to_owned())).collect()
}

#[test]
fn every_key_is_documented_with_its_type() {
    let documented = documented();
    let mut seen = 0;
    for capture in captures() {
        for object in objects(&capture, "-n --json") {
            leaves(&object, "", &mut |path, value| {
                // Objects that are only in between have no row.
                match documented.get(&path) {
                    Some(name) => assert!(type_fits(name, value), "{path} is {value}, not {name}"),
                    None => assert!(value.is_object(), "{path} has no row in docs/json.md"),
                }
                seen += 1;
            });
        }
    }
    assert!(seen > 10_000, "only {seen} values");
}

#[test]
fn the_schema_has_a_row_for_every_field_and_no_other() {
    let row = |field: &fields::Field| {
        format!("| `{}` | {} | {} |", layout::path(field), layout::type_name(field), field.description)
    };
    let wanted: Vec<String> = fields::all().filter(|field| layout::is_written(field)).map(row).collect();
    let text = std::fs::read_to_string(in_project("docs/json.md")).unwrap();
    let found: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    if found != wanted {
        panic!("the rows of docs/json.md should be:\n{}", wanted.join("\n"));
    }
}

#[test]
fn the_line_of_text_and_the_number_are_those_that_are_printed() {
    for capture in captures() {
        let text = printed(&capture, "-nn -tt");
        let objects = objects(&capture, "-nn -tt --json");
        assert_eq!(text.lines().count(), objects.len(), "{}", capture.display());
        for (index, (line, object)) in text.lines().zip(&objects).enumerate() {
            assert_eq!(object["rtcpdump"]["text"], line);
            assert_eq!(object["frame"]["number"], index + 1);
            assert!(line.starts_with(&format!("{:.5}", object["frame"]["time_epoch"].as_f64().unwrap() - 5e-6)[..10]));
        }
    }
}

#[test]
fn a_session_has_its_states_and_times() {
    let objects = objects(&in_project("captures/close-three.pcap"), "-n --json");
    let state =
        |end: &str| -> Vec<&str> { objects.iter().map(|object| object["rtcpdump"][end].as_str().unwrap()).collect() };
    let client = state("client_state");
    let server = state("server_state");
    assert_eq!((client[0], server[0]), ("SYN_SENT", "LISTEN"));
    assert_eq!((client[1], server[1]), ("SYN_SENT", "SYN_RCVD"));
    assert_eq!((client[2], server[2]), ("ESTABLISHED", "ESTABLISHED"));
    let mut last = [*client.last().unwrap(), *server.last().unwrap()];
    last.sort();
    assert_eq!(last, ["CLOSED", "TIME_WAIT"]);
    assert!(objects[2]["tcp"]["analysis"]["initial_rtt"].as_f64().unwrap() > 0.0);
    assert_eq!(objects[1]["tcp"]["analysis"]["acks_frame"], 1);
}

#[test]
fn numbers_of_tcp_are_those_of_the_header_and_relative_ones() {
    let object = &objects(&in_project("captures/handshake.pcap"), "-n --json")[1];
    let tcp = &object["tcp"];
    assert_eq!(tcp["seq"], 0);
    assert_eq!(tcp["ack"], 1);
    assert_eq!(tcp["flags"]["syn"], true);
    assert_eq!(tcp["flags"]["fin"], false);
    assert_eq!(tcp["flags"]["value"], 0x12);
    assert!(tcp["options"]["mss_val"].as_u64().unwrap() > 500);
    assert_eq!(object["frame"]["protocols"], serde_json::json!(["eth", "ip", "tcp"]));
}

#[test]
fn what_is_written_to_a_file_is_printed_too() {
    let (capture, copy) = (in_project("captures/http.pcap"), std::env::temp_dir().join("rtcpdump-json-copy.pcap"));
    let options = format!("-n --json -w {}", copy.display());
    assert_eq!(objects(&capture, &options), objects(&capture, "-n --json"));
    assert_eq!(printed(&copy, "-nn"), printed(&capture, "-nn"));
    std::fs::remove_file(&copy).unwrap();
}

#[test]
fn options_of_the_analysis_are_checked() {
    let told = |words: &str| {
        let output = rtcpdump().args(words.split_whitespace()).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, text) = told("--max-connections 0 --json");
    assert!(status != Some(0) && text.contains("invalid number of connections 0"), "{text}");
    let (status, text) = told("--analysis-rules nonsense --json");
    assert!(status != Some(0) && text.contains("nonsense"), "{text}");
    let objects = |rules| objects(&in_project("captures/hello.pcap"), &format!("--json --analysis-rules {rules}"));
    assert_eq!(objects("wireshark").len(), objects("evidence").len());
}

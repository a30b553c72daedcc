//! Two hundred hostile files: what they hold decides how they are shown, and what they are called decides nothing.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use sluis_domain::file::{
    FILE_NAME_MOST, LOOK_MOST, Look, POINTS_MOST, fitting, look, safe_name, saved_name,
};

/// Contents that are never shown, but for saving.
fn closed() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = [
        &b""[..],
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00zip bomb",
        b"PK\x05\x06\x00\x00\x00\x00",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
        b"BZh91AY&SY\x00",
        b"\xfd7zXZ\x00\x00\x04",
        b"7z\xbc\xaf\x27\x1c\x00\x04",
        b"Rar!\x1a\x07\x01\x00",
        b"\x28\xb5\x2f\xfd\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
        b"%!PS-Adobe-3.0\x00",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
        b"\xcf\xfa\xed\xfe\x07\x00\x00\x01",
        b"\x00asm\x01\x00\x00\x00",
        b"L\x00\x00\x00\x01\x14\x02\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe<\x00s\x00v\x00g\x00>\x00",
        b"\xfe\xff\x00<\x00s\x00v\x00g\x00>",
        b"\x00<script>alert(1)</script>",
        b"<html>\x00<script>alert(1)</script>",
        b"plain text with a \x07 bell",
        b"plain text with \x1b[31m colour",
        b"\xc0\xafoverlong",
        b"\xed\xa0\x80surrogate",
        b"\xf4\x90\x80\x80beyond",
        b"\xe2\x82",
        b"BM\x36\x00\x0c\x00\x00\x00\x00\x00",
        b"II*\x00\x08\x00\x00\x00",
        b"MM\x00*\x00\x00\x00\x08",
        b"\x00\x00\x01\x00\x01\x00\x10\x10",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x00\x00\x00\x00\x01",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x01\x00\x00\x00\x01\x00\x00",
        b"GIF89a\xff\xff\xff\xff\x80",
        b"GIF87a\x00\x00\x00\x00\x80",
        b"GIF89a\x01",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x00",
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff\xe0\xff\xff",
        b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03",
        b"\xff\xd8\xff\xc0\x00\x11\x08",
        b"\xff\xd8\xff<script>alert(1)</script>",
        b"RIFF\xff\xff\xff\xffWEBP",
        b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff",
        b"RIFF\xff\xff\xff\xffWEBPVP8L\x00\x00\x00\x00\x2f\xff\xff\xff\xff",
        b"RIFF\xff\xff\xff\xffWEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x00\x00\x00\x00",
        b"RIFF\xff\xff\xff\xffAVI LIST",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
        b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00",
        b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00",
        b"\x00\x00\x00\x18ftyphevc\x00\x00\x00\x00\x00",
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
        b"FWS\x09\x00",
        b"CWS\x09\x00",
        b"wOF2\x00\x01\x00\x00",
        b"OTTO\x00\x0c",
        b"SQLite format 3\x00",
        b"!<arch>\n\x00",
        b"ustar\x00",
        b"\x04\x22\x4d\x18",
    ]
    .iter()
    .map(|bytes| bytes.to_vec())
    .collect();
    // A header that promises four gibibytes, in the ways in which formats write lengths.
    for tag in [b"ID4\x00", b"fLaX", b"OggX", b"RIFX"] {
        for length in [u32::MAX.to_le_bytes(), u32::MAX.to_be_bytes()] {
            all.push([&tag[..], &length, b"\x00"].concat());
        }
    }
    all
}

/// Contents that are shown as the text that they are: none of it is read as anything else.
const TEXTS: [&str; 24] = [
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "<svg><script>fetch('//x')</script></svg>",
    "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>]><lolz>&lol;</lolz>",
    "<!doctype html><script>alert(document.domain)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=//x'>",
    "<base href='//x'><link rel=import href=x>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "GIF8<script>alert(1)</script>",
    "/*GIF*/alert(1)",
    "%PDF-1.7 as text only",
    "#!/bin/sh\nrm -rf /\n",
    "@echo off\r\ndel *.*\r\n",
    "[InternetShortcut]\nURL=file:///etc/passwd\n",
    "=cmd|' /C calc'!A0,1,2\n",
    "MIME-Version: 1.0\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "{\"__proto__\":{\"x\":1}}",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "--><script>alert(1)</script><!--",
    "\u{202e}txet desrever",
    "{{constructor.constructor('alert(1)')()}}",
    "</pre><script>alert(1)</script>",
];

/// Names that people and machines trip over.
fn names() -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        " ",
        ".",
        "..",
        "...",
        "/",
        "\\",
        "../../etc/passwd",
        "..\\..\\windows\\system32\\x.dll",
        "/etc/passwd",
        "C:\\boot.ini",
        "CON",
        "NUL.txt",
        "a/b",
        "a\\b",
        ".htaccess",
        "..bashrc",
        "\u{202e}gpj.exe",
        "foto\u{202e}gpj.exe",
        "a\u{200b}b.exe",
        "a\u{2066}b\u{2069}.exe",
        "\u{feff}x",
        "x\0.png",
        "x\n.png",
        "x\r\nSet-Cookie: a=b",
        "x\t.png",
        "\u{1b}[31mx",
        "<script>alert(1)</script>.png",
        "\"><img src=x onerror=alert(1)>.png",
        "' onmouseover='alert(1)",
        "{{7*7}}",
        "${7*7}",
        "%2e%2e%2f",
        "javascript:alert(1)",
        "a:b",
        "a*b?c",
        "a|b",
        "com1",
        "foto.jpg.exe",
        "foto.jpg      .exe",
        "foto.jpg .",
        "x.",
        "x .",
        "-rf",
        "--help",
        "$(reboot)",
        "`reboot`",
        "; reboot",
        "&& reboot",
        "👩‍⚖️.png",
        "ｆｏｔｏ.png",
        "é\u{301}\u{301}\u{301}.png",
        "\u{2028}x",
        "\u{85}x",
        "\u{7f}x",
    ]
    .map(String::from)
    .into();
    for letter in ["a", "é", "👩", ".", "/", "\u{202e}"] {
        for count in [119, 121, 4_000] {
            all.push([letter.repeat(count).as_str(), ".png"].concat());
        }
    }
    for sign in 0..32_u8 {
        all.push(format!("x{}y", char::from(sign)));
    }
    all
}

#[test]
fn there_are_two_hundred_of_them() {
    assert!(closed().len() + TEXTS.len() + names().len() >= 200);
}

#[test]
fn nothing_hostile_is_drawn_or_played() {
    for content in closed() {
        let size = content.len() as u64;
        assert_eq!(
            look(&content, size),
            Look::Unknown,
            "{:?}",
            String::from_utf8_lossy(&content)
        );
        // Nor when it says that it is larger than it is.
        assert_eq!(look(&content, u64::MAX), Look::Unknown);
    }
}

#[test]
fn markup_and_scripts_are_text_and_nothing_else() {
    for text in TEXTS {
        assert_eq!(
            look(text.as_bytes(), text.len() as u64),
            Look::Text,
            "{text}"
        );
        assert_eq!(
            look(text.as_bytes(), 300 * 1024),
            Look::Unknown,
            "too long to show"
        );
    }
}

#[test]
fn no_first_bytes_make_it_stumble() {
    let mut corpus: Vec<Vec<u8>> = closed();
    corpus.extend(TEXTS.map(|text| text.as_bytes().to_vec()));
    corpus.extend(shown().map(|(content, _)| content));
    for content in corpus {
        for end in 0..=content.len() {
            let _ = look(&content[..end], content.len() as u64);
        }
        for at in 0..content.len() {
            let mut changed = content.clone();
            changed[at] ^= 0xff;
            if let Look::Picture { width, height } = look(&changed, u64::MAX) {
                assert!(u64::from(width) * u64::from(height) <= POINTS_MOST);
            }
        }
    }
}

fn shown() -> [(Vec<u8>, Look); 12] {
    let picture = |width, height| Look::Picture { width, height };
    let webm = |codec: &[u8]| [&b"\x1a\x45\xdf\xa3\x01\x00\x00\x00webm"[..], codec].concat();
    [
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x02\x80\x00\x00\x01\xe0".to_vec(),
            picture(640, 480),
        ),
        (b"GIF89a\x80\x02\xe0\x01\x80".to_vec(), picture(640, 480)),
        (
            b"\xff\xd8\xff\xe1\x00\x04Ex\xff\xff\xc2\x00\x11\x08\x01\xe0\x02\x80\x03".to_vec(),
            picture(640, 480),
        ),
        (
            b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x7f\x02\x00\xdf\x01\x00"
                .to_vec(),
            picture(640, 480),
        ),
        (b"OggS\x00\x02".to_vec(), Look::Sound("audio/ogg")),
        (b"ID3\x04\x00".to_vec(), Look::Sound("audio/mpeg")),
        (
            b"RIFF\x00\x00\x00\x00WAVEfmt ".to_vec(),
            Look::Sound("audio/wav"),
        ),
        (webm(b"A_OPUS"), Look::Sound("audio/webm")),
        (webm(b"V_VP9"), Look::Film("video/webm")),
        (
            b"\x00\x00\x00\x18ftypisom".to_vec(),
            Look::Film("video/mp4"),
        ),
        (
            b"\x00\x00\x00\x18ftypM4A ".to_vec(),
            Look::Sound("audio/mp4"),
        ),
        ("één regel\n".as_bytes().to_vec(), Look::Text),
    ]
}

#[test]
fn pictures_sound_film_and_text_are_known_by_their_first_bytes() {
    for (content, expected) in shown() {
        assert_eq!(look(&content, content.len() as u64), expected);
    }
    // A sign that is cut by the end of what is looked at is no fault.
    let long = "é".repeat(LOOK_MOST);
    assert_eq!(look(&long.as_bytes()[..LOOK_MOST - 1], 200_000), Look::Text);
}

#[test]
fn a_file_is_saved_under_a_name_that_leads_nowhere_and_hides_nothing() {
    for name in names() {
        let safe = safe_name(&name);
        let count = safe.chars().count();
        assert!((1..=120).contains(&count), "{name:?} became {safe:?}");
        assert!(!safe.starts_with('.') && !safe.ends_with('.'), "{safe:?}");
        let bad = |sign: char| {
            sign.is_control()
                || "/\\:*?\"<>|\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}".contains(sign)
        };
        assert!(!safe.contains(bad), "{name:?} became {safe:?}");
        assert_eq!(safe_name(&safe), safe, "safe names stay as they are");
    }
    assert_eq!(safe_name("foto van zaterdag.jpg"), "foto van zaterdag.jpg");
    assert_eq!(safe_name("foto\u{202e}gpj.exe"), "fotogpj.exe");
    assert_eq!(safe_name("../../x.png"), "x.png");
}

#[test]
fn a_file_is_saved_under_its_hash_and_its_ending() {
    for name in names() {
        let saved = saved_name(&name, &[0x5a; 32]);
        assert_eq!(safe_name(&saved), saved);
        assert!(saved.len() <= 25, "{name:?} became {saved:?}");
    }
    let saved = |name| saved_name(name, &[0xa1; 32]);
    assert_eq!(saved("Jan Jansen.jpg"), "bestand-a1a1a1a1.jpg");
    assert_eq!(saved("foto.jpg.exe"), "bestand-a1a1a1a1.exe");
    for bare in ["Jan", "J.Jansen met een lang verhaal", "a.j/../p", ""] {
        assert!(saved(bare).starts_with("bestand-a1a1a1a1"));
    }
    assert_eq!(saved("a. Jan"), "bestand-a1a1a1a1");
}

#[test]
fn a_name_is_written_down_as_far_as_it_fits() {
    for name in names() {
        let kept = fitting(&name);
        assert!(kept.len() <= FILE_NAME_MOST && name.starts_with(&kept));
    }
    assert_eq!(fitting("a.png"), "a.png");
    assert_eq!(fitting(&"é".repeat(101)).chars().count(), 100);
    assert_eq!(
        safe_name(&["x".repeat(200).as_str(), ".png"].concat())
            .rsplit_once('.')
            .unwrap()
            .1,
        "png"
    );
}

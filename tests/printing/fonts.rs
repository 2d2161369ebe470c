//! The fonts that come with the package.

use ocop_stamp::papers::PaperFonts;
use ocop_stamp::printing::FontFiles;
use ttf_parser::Face;

#[test]
fn every_font_has_all_vietnamese_letters_and_the_signs_we_print() {
    let FontFiles { display, strong, plain, mono } = FontFiles::BUNDLED;
    let papers = [PaperFonts::BUNDLED, PaperFonts::OFFICIAL];
    let papers = papers.map(|fonts| [fonts.regular, fonts.bold, fonts.italic, fonts.mono]);
    let latin = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư·–…×/";
    for bytes in [display, strong, plain, mono].into_iter().chain(papers.into_iter().flatten()) {
        let face = Face::parse(bytes, 0).unwrap();
        let vietnamese = ('\u{1EA0}'..='\u{1EF9}').chain(latin.chars());
        let missing: String = vietnamese.filter(|&c| face.glyph_index(c).is_none()).collect();
        assert_eq!(missing, "");
    }
}

#[test]
fn every_serial_number_is_as_wide_as_any_other() {
    let face = Face::parse(FontFiles::BUNDLED.mono, 0).unwrap();
    let width = |c| face.glyph_hor_advance(face.glyph_index(c).unwrap()).unwrap();
    for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ-".chars() {
        assert_eq!(width(c), width('0'), "{c}");
    }
}

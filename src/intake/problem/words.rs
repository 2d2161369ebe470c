//! What is wrong in a cell, and what to do about it, in words.

use super::ProblemKind;
use crate::domain::gtin::GtinError;
use crate::intake::date::DateError;
use crate::vietnamese::legacy::Encoding;

impl ProblemKind {
    pub(super) fn what_vietnamese(self) -> String {
        let text = match self {
            Self::Missing => "Ô bắt buộc còn trống.",
            Self::TooLong { limit } => return format!("Nội dung dài hơn {limit} ký tự."),
            Self::Unprintable(c) => return format!("Có ký tự không in được trên tem: “{c}”."),
            Self::OtherScript(c) => {
                return format!("Có chữ của bảng chữ khác, nhìn giống chữ Latinh: “{c}”.");
            }
            Self::NoName => "Tên không có chữ cái nào.",
            Self::Ditto => "Ô ghi “như trên”.",
            Self::Truth => "Ô chứa giá trị đúng/sai (TRUE/FALSE), không phải chữ.",
            Self::NotYetSigned => "Ngày ký chưa tới.",
            Self::BeforeProgramme => "Ngày ký trước khi có Chương trình OCOP (07/05/2018).",
            Self::SpreadsheetError => "Ô báo lỗi công thức.",
            Self::NoValue => "Ô là công thức chưa được tính.",
            Self::ChangingFormula => "Ô là công thức có giá trị thay đổi mỗi lần mở tệp.",
            Self::ShownOtherwise => "Ô hiện khác với giá trị lưu trong ô.",
            Self::ConditionalFormat => {
                "Định dạng có điều kiện có thể làm ô hiện khác với giá trị lưu trong ô."
            }
            Self::HiddenColumn => "Ô nằm trong cột bị ẩn.",
            Self::StruckOut => "Nội dung ô bị gạch ngang.",
            Self::TurnedIntoDate => "Bảng tính đã đổi nội dung ô thành ngày tháng.",
            Self::Shortened => "Bảng tính đã rút gọn con số, các chữ số cuối đã mất.",
            Self::Garbled(Encoding::Utf8) => "Chữ bị đọc sai bảng mã.",
            Self::Garbled(encoding) => {
                return format!("Chữ viết bằng bảng mã cũ {}.", encoding.name());
            }
            Self::LostLetters => "Một số chữ cái đã mất, chỉ còn dấu hỏi.",
            Self::OtherHeadings => "Dòng nằm dưới một dòng tiêu đề khác với dòng tiêu đề ở trên.",
            Self::BeyondHeadings => "Dòng có ô nằm ngoài các cột có tiêu đề.",
            Self::TwoColumns => "Hai cột cùng ý nghĩa ghi khác nhau.",
            Self::TableBeside => "Bên cạnh bảng còn một bảng khác.",
            Self::Stars => "Hạng sao không hợp lệ.",
            Self::NoCertificate => "Sản phẩm 1 hoặc 2 sao không được cấp giấy chứng nhận.",
            Self::PotentialFive => "“Tiềm năng 5 sao” chỉ đi với hạng 4 sao.",
            Self::Group => "Không có nhóm sản phẩm này.",
            Self::ProducerKind => "Không xác định được loại hình của chủ thể.",
            Self::AuthorityLevel => "Không xác định được cấp của cơ quan.",
            Self::Date(DateError::Form) => "Không đọc được ngày.",
            Self::Date(DateError::NoSuchDay) => "Ngày này không có thật.",
            Self::Date(DateError::Unclear) => "Con số có thể hiểu thành hai ngày khác nhau.",
            Self::EffectBeforeSignature => "Ngày có hiệu lực không được trước ngày ký.",
            Self::EndBeforeSignature => {
                "Ngày hết hiệu lực phải sau ngày ký và sau ngày có hiệu lực."
            }
            Self::TaxCode => "Mã số thuế không đúng dạng.",
            Self::Gtin(GtinError::Length) => "Mã GTIN không đúng số chữ số.",
            Self::Gtin(GtinError::CheckDigit) => "Chữ số kiểm tra của mã GTIN không đúng.",
            Self::Duplicate { first_row, same_sheet: true } => {
                return format!("Đã có ở dòng {first_row}.");
            }
            Self::Duplicate { first_row, same_sheet: false } => {
                return format!("Đã có ở dòng {first_row} của trang tính trước.");
            }
        };
        text.into()
    }

    pub(super) fn what_english(self) -> String {
        let text = match self {
            Self::Missing => "A compulsory cell is empty.",
            Self::TooLong { limit } => return format!("The text is longer than {limit} letters."),
            Self::Unprintable(c) => return format!("It has “{c}”, which no stamp can print."),
            Self::OtherScript(c) => {
                return format!("It has a letter of another alphabet that looks Latin: “{c}”.");
            }
            Self::NoName => "The name has no letter.",
            Self::Ditto => "The cell says “as above”.",
            Self::Truth => "The cell holds TRUE or FALSE, which is no text.",
            Self::NotYetSigned => "The day of the signature is still to come.",
            Self::BeforeProgramme => "The signature is older than the OCOP programme (07/05/2018).",
            Self::SpreadsheetError => "The cell shows a formula error.",
            Self::NoValue => "The cell is a formula that was not computed.",
            Self::ChangingFormula => "The cell is a formula whose value changes every time.",
            Self::ShownOtherwise => "The cell shows something else than it holds.",
            Self::ConditionalFormat => {
                "A conditional format may make the cell show something else than it holds."
            }
            Self::HiddenColumn => "The cell is in a hidden column.",
            Self::StruckOut => "The text is struck out.",
            Self::TurnedIntoDate => "The spreadsheet turned the text into a date.",
            Self::Shortened => "The spreadsheet shortened the number; its last digits are lost.",
            Self::Garbled(Encoding::Utf8) => "The text was read in the wrong encoding.",
            Self::Garbled(encoding) => {
                return format!("The text is written in the old encoding {}.", encoding.name());
            }
            Self::LostLetters => "Letters were lost; only question marks are left.",
            Self::OtherHeadings => "The row is below other headings than those at the top.",
            Self::BeyondHeadings => "The row has cells beyond the columns with headings.",
            Self::TwoColumns => "Two columns of the same meaning say different things.",
            Self::TableBeside => "There is another table beside the table.",
            Self::Stars => "This is no star grade.",
            Self::NoCertificate => "Products of 1 or 2 stars are given no certificate.",
            Self::PotentialFive => "“Potential 5 stars” goes with 4 stars only.",
            Self::Group => "There is no such product group.",
            Self::ProducerKind => "The producer's legal kind is not clear.",
            Self::AuthorityLevel => "The authority's level of government is not clear.",
            Self::Date(DateError::Form) => "The date cannot be read.",
            Self::Date(DateError::NoSuchDay) => "There is no such day.",
            Self::Date(DateError::Unclear) => "The number can mean two different days.",
            Self::EffectBeforeSignature => "The first day of effect is before the signature.",
            Self::EndBeforeSignature => "The end is not after the beginning.",
            Self::TaxCode => "The tax code is not in the right form.",
            Self::Gtin(GtinError::Length) => "The GTIN has the wrong number of digits.",
            Self::Gtin(GtinError::CheckDigit) => "The GTIN's check digit is wrong.",
            Self::Duplicate { first_row, same_sheet: true } => {
                return format!("Already in row {first_row}.");
            }
            Self::Duplicate { first_row, same_sheet: false } => {
                return format!("Already in row {first_row} of a sheet before.");
            }
        };
        text.into()
    }

    pub(super) fn what_to_do_vietnamese(self) -> &'static str {
        match self {
            Self::Missing => "Hãy điền giá trị; nếu ô bị gộp, hãy bỏ gộp và điền vào từng dòng.",
            Self::TooLong { .. } => "Hãy rút gọn; kiểm tra xem nhiều ô có bị dán vào một ô không.",
            Self::Unprintable(_) => {
                "Hãy thay bằng chữ, số hoặc dấu thông thường, hoặc bỏ ký tự này."
            }
            Self::OtherScript(_) => "Hãy gõ lại từ đó bằng bàn phím tiếng Việt.",
            Self::NoName => "Hãy ghi đầy đủ tên như trong quyết định.",
            Self::Ditto => "Hãy ghi lại đầy đủ ở từng dòng.",
            Self::Truth => "Hãy nhập lại nội dung của ô.",
            Self::NotYetSigned | Self::BeforeProgramme => {
                "Hãy đối chiếu với quyết định và ghi đủ bốn chữ số của năm."
            }
            Self::SpreadsheetError => "Hãy sửa công thức hoặc nhập thẳng giá trị.",
            Self::NoValue => "Hãy mở tệp bằng Excel, lưu lại, hoặc nhập thẳng giá trị.",
            Self::ChangingFormula => "Hãy dán giá trị (Paste Values) thay cho công thức.",
            Self::ShownOtherwise => {
                "Hãy đặt định dạng ô là văn bản và nhập lại đúng như cần ghi, ví dụ 04/03/2026."
            }
            Self::ConditionalFormat => {
                "Hãy xóa định dạng có điều kiện của ô, kiểm tra nội dung rồi lưu lại tệp."
            }
            Self::HiddenColumn => "Hãy bỏ ẩn cột rồi kiểm tra nội dung, hoặc xóa cột.",
            Self::StruckOut => "Hãy xóa phần bị gạch, hoặc bỏ gạch ngang nếu còn dùng.",
            Self::TurnedIntoDate | Self::Shortened => {
                "Hãy đặt định dạng ô là văn bản rồi nhập lại từ giấy tờ."
            }
            Self::Garbled(_) => "Hãy chuyển sang Unicode (ví dụ bằng UniKey) rồi nhập lại.",
            Self::LostLetters => "Hãy nhập lại nội dung và lưu tệp dạng .xlsx hoặc CSV UTF-8.",
            Self::OtherHeadings | Self::TableBeside => {
                "Hãy tách mỗi bảng thành một trang tính hoặc một tệp riêng."
            }
            Self::TwoColumns => "Hãy chỉ để lại cột đúng, hoặc đổi tiêu đề của cột kia.",
            Self::BeyondHeadings => {
                "Hãy xóa ô thừa; với tệp CSV, đặt nội dung có dấu phân cách trong ngoặc kép."
            }
            Self::Stars => "Hãy ghi 3, 4, 5 hoặc “4 (tiềm năng 5)”.",
            Self::NoCertificate => "Hãy bỏ dòng này khỏi phụ lục hoặc sửa hạng sao.",
            Self::PotentialFive => "Hãy ghi “4 (tiềm năng 5)”, hoặc chỉ ghi số sao.",
            Self::Group => "Hãy ghi số từ 1 đến 6 hoặc đúng tên nhóm theo Quyết định 148/QĐ-TTg.",
            Self::ProducerKind => {
                "Hãy ghi ở cột Loại hình: doanh nghiệp, hợp tác xã, tổ hợp tác hoặc hộ kinh doanh."
            }
            Self::AuthorityLevel => "Hãy ghi ở cột Cấp: huyện, thành phố hoặc bộ.",
            Self::Date(_) => "Hãy ghi theo dạng dd/mm/yyyy, ví dụ 04/03/2026.",
            Self::EffectBeforeSignature => {
                "Hãy xem lại ngày ký và ngày có hiệu lực; để trống nếu có hiệu lực từ ngày ký."
            }
            Self::EndBeforeSignature => {
                "Hãy kiểm tra hai ngày; để trống ngày hết giá trị thì tính 36 tháng từ ngày ký."
            }
            Self::TaxCode => {
                "Mã có 10 chữ số, 10-3 chữ số hoặc 12 chữ số; định dạng ô là văn bản để giữ số 0 ở đầu."
            }
            Self::Gtin(GtinError::Length) => {
                "Mã có 8, 12, 13 hoặc 14 chữ số, không có ký tự khác; không có mã thì để trống."
            }
            Self::Gtin(GtinError::CheckDigit) => {
                "Hãy đối chiếu từng chữ số với mã vạch trên bao bì."
            }
            Self::Duplicate { .. } => {
                "Hãy xóa một trong hai dòng, hoặc sửa tên nếu là sản phẩm khác."
            }
        }
    }

    pub(super) fn what_to_do_english(self) -> &'static str {
        match self {
            Self::Missing => "Fill it in; if cells are merged, split them and fill in every row.",
            Self::TooLong { .. } => "Shorten it; see whether several cells were pasted into one.",
            Self::Unprintable(_) => "Write a usual letter, digit or sign for it, or leave it out.",
            Self::OtherScript(_) => "Type that word again on a Vietnamese keyboard.",
            Self::NoName => "Write the whole name as in the decision.",
            Self::Ditto => "Write it in full in every row.",
            Self::Truth => "Type again what the cell should say.",
            Self::NotYetSigned | Self::BeforeProgramme => {
                "Compare with the decision and write all four digits of the year."
            }
            Self::SpreadsheetError => "Correct the formula or type the value itself.",
            Self::NoValue => "Open the file in Excel and save it, or type the value itself.",
            Self::ChangingFormula => "Paste the value in place of the formula (Paste Values).",
            Self::ShownOtherwise => {
                "Format the cell as text and type what is meant, for example 04/03/2026."
            }
            Self::ConditionalFormat => {
                "Clear the conditional format of the cell, check what it says, and save the file."
            }
            Self::HiddenColumn => "Unhide the column and check it, or delete it.",
            Self::StruckOut => "Delete what is struck out, or take the line away if it counts.",
            Self::TurnedIntoDate | Self::Shortened => {
                "Format the cell as text and type it again from the papers."
            }
            Self::Garbled(_) => {
                "Convert it to Unicode (with UniKey, for example) and enter it again."
            }
            Self::LostLetters => "Type it again and save the file as .xlsx or CSV UTF-8.",
            Self::OtherHeadings | Self::TableBeside => {
                "Put each table on a sheet or in a file of its own."
            }
            Self::TwoColumns => "Keep the right column alone, or head the other one otherwise.",
            Self::BeyondHeadings => {
                "Delete the extra cells; in CSV, put text that holds the separator in quotes."
            }
            Self::Stars => "Write 3, 4, 5 or “4 (tiềm năng 5)”.",
            Self::NoCertificate => "Take the row out of the annex or correct the grade.",
            Self::PotentialFive => "Write “4 (tiềm năng 5)”, or the number of stars alone.",
            Self::Group => {
                "Write a number from 1 to 6 or the exact name as in Decision 148/QĐ-TTg."
            }
            Self::ProducerKind => {
                "Write in the column Loại hình: doanh nghiệp, hợp tác xã, tổ hợp tác or hộ kinh doanh."
            }
            Self::AuthorityLevel => "Write in the column Cấp: huyện, thành phố or bộ.",
            Self::Date(_) => "Write it as dd/mm/yyyy, for example 04/03/2026.",
            Self::EffectBeforeSignature => {
                "Look at both days again; leave it empty if it has effect from the signature."
            }
            Self::EndBeforeSignature => {
                "Check both dates; an empty end means 36 months from the signature."
            }
            Self::TaxCode => {
                "A code has 10 digits, 10-3 digits or 12 digits; format the cell as text to keep leading zeros."
            }
            Self::Gtin(GtinError::Length) => {
                "A GTIN has 8, 12, 13 or 14 digits and nothing else; leave the cell empty if there is none."
            }
            Self::Gtin(GtinError::CheckDigit) => {
                "Compare it digit by digit with the bar code on the pack."
            }
            Self::Duplicate { .. } => {
                "Delete one of the two rows, or correct the name if it is another product."
            }
        }
    }
}

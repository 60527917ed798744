package names

import "strings"

// The letters of scripts that lists and papers transliterate by custom rather than letter by letter. What is not here goes through
// go-unidecode.

// cyrillicTable follows the usual English newspaper practice (BGN/PCGN without marks), with Ukrainian, Belarusian and Serbian letters.
const cyrillicTable = `а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь -
э e ю yu я ya і i ї i є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz ә a ғ g қ k ң n ө o ұ u ү u һ h`

// greekTable is modern Greek.
const greekTable = `α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o`

// arabicTable covers Arabic, Persian and Urdu letters; short vowels are not written, so what it gives is mostly consonants.
const arabicTable = `ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h
و w ي y ى a ة a ؤ w ئ y ء - پ p چ ch ژ zh گ g ک k ی y ۀ h ے e ہ h ٹ t ڈ d ڑ r ں n ھ h`

// hebrewTable gives consonants, as Arabic does.
const hebrewTable = `א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts ק k ר r ש sh ת t`

// latinTable holds Latin letters that decomposition leaves alone, as lists write them.
const latinTable = `ø o ł l đ d ð d þ th ß ss æ ae œ oe ı i ə a ħ h ŋ ng ŧ t ĸ k ƙ k ɓ b ɗ d ɛ e ɔ o ʃ sh ʒ zh`

// lookalikeTable turns Cyrillic and Greek letters into the Latin letters they look like, for words that mix scripts.
const lookalikeTable = `а a в b с c е e н h к k м m о o р p т t у y х x і i ѕ s ј j ԁ d ӏ l ԛ q ԝ w α a β b ε e η n ι i κ k ν v ο o ρ p τ t υ u χ x`

func runeTable(table string) map[rune]string {
	f := strings.Fields(table)
	out := make(map[rune]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		to := f[i+1]
		if to == "-" {
			to = ""
		}
		for _, r := range f[i] {
			out[r] = to
		}
	}
	return out
}

// hanWords are words of Chinese and Japanese company names that lists translate rather than transliterate, and legal forms.
const hanWords = `股份有限公司 gufen youxian gongsi
有限责任公司 youxian zeren gongsi
有限責任公司 youxian zeren gongsi
有限公司 youxian gongsi
株式会社 kabushiki kaisha
株式會社 kabushiki kaisha
合同会社 godo kaisha
集团公司 group company
集團 group
集团 group
公司 company
企业 enterprise
技术 technology
技術 technology
科技 technology
科学 science
信息 information
电子 electronics
電子 electronics
电气 electric
通信 communication
通讯 communication
网络 network
数字 digital
半导体 semiconductor
微电子 microelectronics
集成电路 integrated circuit
国际 international
國際 international
贸易 trading
貿易 trading
进出口 import export
实业 industry
工业 industry
工程 engineering
投资 investment
发展 development
控股 holding
银行 bank
銀行 bank
研究所 research institute
研究院 research institute
研究中心 research center
中心 center
大学 university
大學 university
学院 academy
实验室 laboratory
工厂 factory
制造 manufacturing
机械 machinery
设备 equipment
航空 aviation
航天 aerospace
船舶 shipbuilding
造船 shipbuilding
重工 heavy industry
物流 logistics
航运 shipping
能源 energy
石油 petroleum
化工 chemical
材料 material
光电 optoelectronics
软件 software
智能 intelligent
人民 people
政府 government
公安局 public security bureau
公安厅 public security bureau
自治区 autonomous region
维吾尔 uyghur
新疆 xinjiang
西藏 tibet
香港 hong kong
澳门 macau
内蒙古 inner mongolia
陕西 shaanxi
厦门 xiamen
重庆 chongqing
中国 china
中國 china
美国 america
俄罗斯 russia
省 province
市 city
州 prefecture
区 district
县 county`

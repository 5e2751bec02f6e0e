#include "office_fixture.h"

#include <stddef.h>

static const char *const docx[] = {
    "word/document.xml",
    "<w:document xmlns:w='w' xmlns:mc='mc'><w:body>"
    "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Les </w:t></w:r><w:r><w:t>halles</w:t>"
    "</w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    "<w:p><w:del><w:r><w:delText>enlev\303\251</w:delText></w:r></w:del>"
    "<mc:AlternateContent><mc:Choice><w:t>une fois</w:t></mc:Choice>"
    "<mc:Fallback><w:t>deux fois</w:t></mc:Fallback></mc:AlternateContent></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>co\303\273t</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>",
    "[Content_Types].xml",
    "<Types/>",
    "word/footnotes.xml",
    "<w:footnotes xmlns:w='w'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnotes>",
    NULL,
};

static const char *const pptx[] = {
    "ppt/slides/slide1.xml",
    "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>ORT</a:t></a:r></a:p></p:sld>",
    "ppt/slides/slide7.xml",
    "<p:sld xmlns:p='p' "
    "xmlns:a='a'><a:p><a:r><a:t>Les</a:t></a:r><a:br/><a:r><a:t>halles</a:t></a:r>"
    "</a:p></p:sld>",
    "ppt/presentation.xml",
    "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldMasterIdLst><p:sldMasterId id='1' r:id='rId1'/>"
    "</p:sldMasterIdLst><p:sldIdLst><p:sldId id='256' r:id='rId8'/><p:sldId id='257' r:id='rId2'/>"
    "</p:sldIdLst></p:presentation>",
    "ppt/_rels/presentation.xml.rels",
    "<Relationships><Relationship Id='rId2' Target='slides/slide1.xml'/>"
    "<Relationship Id='rId8' Target='/ppt/slides/slide7.xml'/></Relationships>",
    NULL,
};

static const char *const xlsx[] = {
    "xl/worksheets/sheet1.xml",
    "<worksheet><sheetData><row><c t='s'><v>1</v></c><c><v>12500</v></c><c t='b'><v>1</v></c></row>"
    "<row><c t='inlineStr'><is><t>en ligne</t></is></c><c t='s'><v>9</v></c></row></sheetData>"
    "</worksheet>",
    "xl/worksheets/sheet2.xml",
    "<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>",
    "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Target='worksheets/sheet2.xml'/></Relationships>",
    "xl/workbook.xml",
    "<workbook xmlns:r='r'><sheets><sheet name='D\303\251penses' sheetId='1' r:id='rId1'/>"
    "<sheet name='Recettes' sheetId='2' r:id='rId2'/></sheets></workbook>",
    "xl/sharedStrings.xml",
    "<sst><si><t>ORT</t></si><si><r><t>hal</t></r><r><t>les</t></r><rPh><t>non</t></rPh></si></"
    "sst>",
    NULL,
};

static const char *const odt[] = {
    "mimetype",
    ODF "text",
    "content.xml",
    "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text>"
    "<text:tracked-changes><text:p>enlev\303\251</text:p></text:tracked-changes>"
    "<text:h>Titre</text:h><text:p>Les<text:s text:c='3'/><text:span>halles</text:span></text:p>"
    "</office:text></office:body></office:document-content>",
    NULL,
};

static const char *const odp[] = {
    "mimetype",
    ODF "presentation",
    "content.xml",
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:draw='d' "
    "xmlns:presentation='p'>"
    "<draw:page draw:name='a'><text:p>Les halles</text:p><presentation:notes><text:p>dire bonjour"
    "</text:p></presentation:notes></draw:page><draw:page><text:p>ORT</text:p></draw:page>"
    "</office:document-content>",
    NULL,
};

static const char *const ods[] = {
    "mimetype",
    ODF "spreadsheet",
    "content.xml",
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'>"
    "<table:table table:name='D\303\251penses'><table:table-row><table:table-cell><text:p>halles"
    "</text:p></table:table-cell><table:table-cell><text:p>12 500</text:p></table:table-cell>"
    "</table:table-row></table:table><table:table table:name='Recettes'><table:table-row>"
    "<table:table-cell><text:p>ORT</text:p></table:table-cell></table:table-row></table:table>"
    "</office:document-content>",
    NULL,
};

const struct office_sample office_samples[OFFICE_SAMPLES] = {
    {OOXML "wordprocessingml.document", "a.docx", docx,
     "[1]Les halles\nune fois\nco\303\273t\nnote"},
    {OOXML "presentationml.presentation", "a.pptx", pptx, "[1]Les\nhalles[2]ORT"},
    {OOXML "spreadsheetml.sheet", "a.xlsx", xlsx,
     "[1 D\303\251penses]halles 12500\nen ligne[2 Recettes]ORT"},
    {ODF "text", "a.odt", odt, "[1]Titre\nLes halles"},
    {ODF "presentation", "a.odp", odp, "[1]Les halles[2]ORT"},
    {ODF "spreadsheet", "a.ods", ods, "[1 D\303\251penses]halles 12 500[2 Recettes]ORT"},
};

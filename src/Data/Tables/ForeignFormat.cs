namespace MarginalConditional.Data.Tables;

/// <summary>Formats that are told from others and not read: each with the line that writes one that is.</summary>
internal sealed record ForeignFormat
{
    /// <summary>SAS's own data files.</summary>
    internal static readonly ForeignFormat SasData = new(
        "This is a SAS data file (sas7bdat), which is not read; SAS's transport files are.",
        "In R say: haven::write_xpt(haven::read_sas(\"FILE\"), \"STEM.xpt\", version = 8). "
            + "In SAS: libname x xport 'STEM.xpt'; proc copy in=work out=x; select STEM; run;");

    /// <summary>Files of SAS's PROC CPORT.</summary>
    internal static readonly ForeignFormat SasPort = new(
        "This is a file of SAS's PROC CPORT, which only SAS reads.",
        "In SAS unpack it by PROC CIMPORT and write: libname x xport 'STEM.xpt'; proc copy in=work out=x; select STEM; run;");

    /// <summary>SPSS's system files.</summary>
    internal static readonly ForeignFormat SpssSystem = new(
        "This is an SPSS data file, which is not read.",
        "In R say: haven::write_dta(haven::read_sav(\"FILE\"), \"STEM.dta\"). In SPSS: File > Save As, Stata version 14 or CSV.");

    /// <summary>SPSS's portable files.</summary>
    internal static readonly ForeignFormat SpssPortable = new(
        "This is a portable file of SPSS, which is not read.",
        "In R say: haven::write_dta(haven::read_por(\"FILE\"), \"STEM.dta\"). In SPSS: File > Save As, Stata version 14 or CSV.");

    /// <summary>One object of R.</summary>
    internal static readonly ForeignFormat RObject = new(
        "This is an object saved by R, which only R reads.",
        "In R say: write.csv(readRDS(\"FILE\"), \"STEM.csv\", row.names = FALSE).");

    /// <summary>Objects of R with their names.</summary>
    internal static readonly ForeignFormat RWorkspace = new(
        "These are objects saved by R, which only R reads.",
        "In R say: load(\"FILE\"); write.csv(STEM, \"STEM.csv\", row.names = FALSE), with the name of the table.");

    /// <summary>Stata before release 13.</summary>
    internal static readonly ForeignFormat OldStata = new(
        "This is a data file of Stata 12 or earlier, which is not read.",
        "In Stata 14 or later say: use STEM; save STEM, replace. In R: haven::write_dta(haven::read_dta(\"FILE\"), \"STEM-14.dta\").");

    /// <summary>Arrow's files.</summary>
    internal static readonly ForeignFormat Feather = new(
        "This is a Feather file, which is not read.",
        "In R say: arrow::write_parquet(arrow::read_feather(\"FILE\"), \"STEM.parquet\").");

    /// <summary>Parquet with an encrypted footer.</summary>
    internal static readonly ForeignFormat EncryptedParquet = new(
        "This Parquet file is encrypted.", "Write it without encryption.");

    /// <summary>Excel before 2007, whose cells with errors read as if they were empty.</summary>
    internal static readonly ForeignFormat OldExcel = new(
        "This is a workbook of Excel 2003 or earlier, or one with a password, which is not read.",
        "In Excel: File > Save As, Excel Workbook (.xlsx), without a password.");

    /// <summary>An archive that is no workbook.</summary>
    internal static readonly ForeignFormat Archive = new(
        "This is a zip archive, but no Excel workbook.", "Unpack it, or save the table as .xlsx or CSV.");

    /// <summary>Packed by xz.</summary>
    internal static readonly ForeignFormat Xz = new(
        "This file is packed by xz, which is not read.",
        "Unpack it by xz -d. If R wrote it: write.csv(readRDS(\"FILE\"), \"STEM.csv\", row.names = FALSE).");

    /// <summary>Packed by bzip2.</summary>
    internal static readonly ForeignFormat Bzip = new(
        "This file is packed by bzip2, which is not read.",
        "Unpack it by bzip2 -d. If R wrote it: write.csv(readRDS(\"FILE\"), \"STEM.csv\", row.names = FALSE).");

    /// <summary>Pages made for paper.</summary>
    internal static readonly ForeignFormat Document = new(
        "This is a PDF document, whose tables are not read.", "Save the table itself, as CSV or an Excel workbook.");

    /// <summary>A page of the web: often what a server answers in the place of the file that was asked for.</summary>
    internal static readonly ForeignFormat WebPage = new(
        "This is a web page and no table.", "Look at it in a browser: a download that needs a login ends so. Save the table as CSV.");

    private readonly string message;
    private readonly string hint;

    private ForeignFormat(string message, string hint)
    {
        this.message = message;
        this.hint = hint;
    }

    /// <summary>The refusal of a file of this format.</summary>
    internal InputException Refusal(string path) => new(message)
    {
        File = path,
        Hint = hint
            .Replace("FILE", Path.GetFileName(path), StringComparison.Ordinal)
            .Replace("STEM", Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal),
    };
}

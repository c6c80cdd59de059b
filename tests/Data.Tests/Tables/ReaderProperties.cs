using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class ReaderProperties
{
    private static readonly string[] Pieces =
    [
        "y",
            "x", "g", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "1", "2.5", "-3e4", "NA", "", " ", "\t", ";", "é", "\0", "1,5",
            "a b", "\uFEFF", "1e999", "sep=;", "#",
        ];

    private static readonly string[] Formulas =
        ["y ~ x", "y ~ x * g + (1 | g)", "y / x ~ g", "log(y) ~ poly(x, 2) + offset(x)", "y ~ g:x + factor(x)"];

    [Fact]
    public void Any_text_is_a_table_or_refused_in_a_sentence() => Prop.ForAll(
        Arb.From(Gen.Elements(Pieces).ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))),
        bytes => ReadAndBuild(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40));

    [Fact]
    public void Any_text_under_a_header_is_a_table_or_refused_in_a_sentence() => Prop.ForAll(
        Arb.From(Gen.Elements(Pieces)
            .ListOf()
            .Select(pieces => Encoding.UTF8.GetBytes("y,x,g\n1,2,a\n0,3,b\n1,5,a\n" + string.Concat(pieces)))),
        bytes => ReadAndBuild(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(20));

    [Fact]
    public void Any_bytes_are_a_table_or_refused_in_a_sentence() =>
        Prop.ForAll<byte[]>(bytes => ReadAndBuild(bytes ?? [])).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Damaged_files_are_a_table_or_refused_in_a_sentence()
    {
        var whole = File.ReadAllBytes(Files.Reference("cbpp"));
        var damage = from place in Gen.Choose(0, whole.Length - 1)
                     from length in Gen.Choose(0, 12)
                     from piece in Gen.Elements(Pieces)
                     select whole[..place]
                         .Concat(Encoding.UTF8.GetBytes(piece))
                         .Concat(whole[Math.Min(whole.Length, place + length)..])
                         .ToArray();
        Prop.ForAll(Arb.From(damage), bytes => ReadAndBuild(bytes, "incidence / size ~ period + (1 | herd)"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Numbers_and_labels_written_are_read_back() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(
            from number in ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite)
            from label in Gen.Elements("a", "b,c", "d\"e", "two\nlines", "é")
            select (number, label))),
        rows =>
        {
            var text = new StringBuilder("number,label\r\n");
            foreach (var (number, label) in rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"{number:R},\"{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");
            }

            var data = Files.Read(text.ToString());
            var labels = Assert.IsType<FactorColumn>(data.Find("label"));
            Assert.Equal(rows.Select(row => row.number), Assert.IsType<NumericColumn>(data.Find("number")).Values.ToArray());
            Assert.Equal(rows.Select(row => row.label), labels.Codes.ToArray().Select(code => labels.Levels[code]));
        }).Check(Config.QuickThrowOnFailure);

    private static void ReadAndBuild(byte[] content, string? formula = null)
    {
        try
        {
            Files.With(content, path =>
            {
                var data = DatasetReader.Read(path);
                foreach (var text in formula is null ? Formulas : [formula])
                {
                    Build(data, text);
                }

                return data;
            });
        }
        catch (InputException exception)
        {
            AssertSentence(exception);
        }
    }

    private static void Build(Dataset data, string formula)
    {
        try
        {
            ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse(formula) });
        }
        catch (InputException exception)
        {
            AssertSentence(exception);
        }
    }

    private static void AssertSentence(InputException exception)
    {
        Assert.True(exception.Message[^1] is '.' or '?', exception.Message);
        Assert.True(exception.Line is null or > 0);
    }
}

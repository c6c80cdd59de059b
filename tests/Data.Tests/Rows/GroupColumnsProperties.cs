using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary>Groups are texts: as many as there are spellings, whatever numbers they spell.</summary>
public sealed class GroupColumnsProperties
{
    private static readonly Gen<string> Names =
        from sign in Gen.Elements(string.Empty, string.Empty, string.Empty, "-", "+")
        from whole in Gen.Elements("0", "1", "01", "001", "2", "10", "100", "9007199254740993", "9007199254740992", "1e1")
        from fraction in Gen.Elements(string.Empty, string.Empty, ".", ".0", ".1", ".10", ".5", ".50")
        select sign + whole + (whole.Contains('e', StringComparison.Ordinal) ? string.Empty : fraction);

    [Fact]
    public void Clusters_and_random_effects_are_the_spellings_of_their_names() => Check(
        (texts, data, mixed) =>
        {
            var frame = Build(data, mixed ? "y ~ 1 + (1 | id)" : "y ~ 1", mixed ? null : "id");
            Assert.Equal(texts.Distinct(StringComparer.Ordinal).Count(), frame.Clusters.Count);
            for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
            {
                for (var row = frame.Clusters.Start(cluster); row < frame.Clusters.Start(cluster) + frame.Clusters.Size(cluster); row++)
                {
                    Assert.Equal(texts[frame.RowOrder[row]], frame.Clusters.Label(cluster));
                }
            }
        });

    [Fact]
    public void A_column_that_also_counts_groups_by_its_texts() => Check(
        (texts, data, _) =>
        {
            if (data.Find("id") is NumericColumn numbers && numbers.Values.ToArray().Distinct().Count() > 2)
            {
                var frame = Build(data, "y ~ id", "id");
                Assert.Equal(texts.Distinct(StringComparer.Ordinal).Count(), frame.Clusters.Count);
                Assert.Equal(frame.RowOrder.ToArray().Select(row => numbers.Values[row]), frame.Design.Column(1).ToArray());
            }
        });

    [Fact]
    public void A_pair_of_columns_has_a_group_for_each_pair_of_spellings() => Prop.ForAll(
        Arb.From(Gen.NonEmptyListOf(
            from a in Gen.Elements("1", "1.0", "a:b", "a")
            from b in Gen.Elements("1", "01", "b:c", "c")
            select (a, b))),
        pairs =>
        {
            var rows = pairs.Append(("x", "x")).Append(("y", "y")).ToArray();
            var text = "y,a,b\n" + string.Concat(rows.Select((pair, i) => FormattableString.Invariant($"{i},{pair.Item1},{pair.Item2}\n")));
            var frame = Build(DatasetReader.Read("memory.csv", Encoding.UTF8.GetBytes(text)), "y ~ 1", "a:b");
            Assert.Equal("a:b", frame.Clusters.Name);
            Assert.Equal(rows.Distinct().Count(), frame.Clusters.Count);
            var other = Build(DatasetReader.Read("memory.csv", Encoding.UTF8.GetBytes(text)), "y ~ 1 + (1 | a:b)", null);
            Assert.Equal(frame.Clusters.Count, other.RandomTerms[0].GroupCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Two_spellings_of_one_number_are_noted()
    {
        const string Text = "y,id\n1,1\n2,01\n3,1.0\n4,2\n";
        Assert.Equal(
            ["id groups by text: \"01\" and \"1\" are one number but two groups, and so is one more."],
            Build(DatasetReader.Read("memory.csv", Encoding.UTF8.GetBytes(Text)), "y ~ 1", "id").Notes);
        Assert.Empty(Build(DatasetReader.Read("memory.csv", "y,id\n1,1\n2,2\n3,3\n"u8.ToArray()), "y ~ 1", "id").Notes);
    }

    private static void Check(Action<string[], Dataset, bool> check) => Prop.ForAll(
        Arb.From(from names in Gen.NonEmptyListOf(Names) from mixed in Gen.Elements(true, false) select (names, mixed)),
        sample =>
        {
            string[] texts = [.. sample.names, "77", "78"];
            var text = "y,id\n" + string.Concat(texts.Select((id, i) => FormattableString.Invariant($"{i},{id}\n")));
            check(texts, DatasetReader.Read("memory.csv", Encoding.UTF8.GetBytes(text)), sample.mixed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static ModelFrame Build(Dataset data, string formula, string? cluster) =>
        ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = cluster });
}

using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>The numbers of terms.R: anova of types I to III by lmerTest 3.1.3, with Satterthwaite's degrees of freedom.</summary>
public sealed class TermHypothesisGolden
{
    /// <summary>lme4 stops within 1e-6 of the maximum, which moves the degrees of freedom by 1e-5.</summary>
    private const double Tolerance = 5e-5;

    private static readonly Lazy<JsonElement[]> All =
        new(() => [.. JsonDocument.Parse(File.ReadAllText(InFolder("terms.json"))).RootElement.GetProperty("cases").EnumerateArray()]);

    /// <summary>
    /// Without an intercept lmerTest's types II and III are at the reference
    /// visit; here they are averages, as contrasts that sum to zero give.
    /// </summary>
    private const int WithoutIntercept = 3;

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var index in Enumerable.Range(0, 6))
            {
                foreach (var type in new[] { "1", "2", "3" })
                {
                    if (index != WithoutIntercept || type == "1")
                    {
                        cases.Add(index, type);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tests_of_terms_agree(int index, string type)
    {
        var expected = All.Value[index];
        var name = expected.GetProperty("data").GetString()!;
        var path = name == "dietox" ? ReferenceFiles.Beside("reference", "data", "dietox.csv") : InFolder(name + ".csv");
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(path),
            new FrameRequest { Formula = FormulaParser.Parse(expected.GetProperty("formula").GetString()!) });
        Assert.True(TermHypothesis.TryParse(type, out var hypothesis));
        var tests = LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions())).TermTests(hypothesis);
        var rows = expected.GetProperty("tests").GetProperty("type" + type).EnumerateArray().ToArray();
        Assert.Equal(rows.Length, tests.Count);
        for (var k = 0; k < rows.Length; k++)
        {
            Assert.Equal(rows[k].GetProperty("term").GetString(), tests[k].Term.Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(rows[k].GetProperty("df").GetInt32(), tests[k].Test.Rank);
            Relative.Equal(rows[k].GetProperty("f").GetDouble(), tests[k].Test.Statistic, Tolerance);
            Relative.Equal(rows[k].GetProperty("denominator").GetDouble(), tests[k].Test.DenominatorDegreesOfFreedom!.Value, Tolerance);
        }
    }

    /// <summary>Type III is free of the reference levels, unlike the coefficients.</summary>
    [Fact]
    public void Balanced_hypotheses_do_not_depend_on_the_reference_level()
    {
        var data = DatasetReader.Read(InFolder("orthodont_gaps.csv"));
        var request = new FrameRequest { Formula = FormulaParser.Parse("distance ~ factor(visit) * Sex + (1 | Subject)") };
        var one = Tests(ModelFrameBuilder.Build(data, request));
        var other = Tests(ModelFrameBuilder.Build(
            data,
            request with { References = new Dictionary<string, string>(StringComparer.Ordinal) { ["visit"] = "3", ["Sex"] = "Male" } }));
        for (var k = 0; k < one.Length; k++)
        {
            Relative.Equal(one[k], other[k], 1e-7);
        }
    }

    [Fact]
    public void Without_an_intercept_a_balanced_hypothesis_is_about_means_over_the_other_factor()
    {
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(InFolder("orthodont_gaps.csv")),
            new FrameRequest { Formula = FormulaParser.Parse("distance ~ 0 + Sex + Sex:factor(visit)") });
        var contrasts = TermHypothesis.Balanced.Contrasts(frame.Design, "Sex");
        Assert.Equal(["SexFemale", "SexMale"], contrasts.Select(contrast => contrast.Label));
        for (var j = 0; j < frame.Design.Columns; j++)
        {
            var name = frame.Design.Names[j];
            var expected = name == "SexMale" ? 1 : name.StartsWith("SexMale:", StringComparison.Ordinal) ? 0.25 : 0;
            Assert.Equal(expected, contrasts[1].Weights[j]);
        }
    }

    private static double[] Tests(ModelFrame frame) =>
        [.. LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions())).TermTests().Select(test => test.Test.Statistic)];

    private static string InFolder(string file) => ReferenceFiles.Beside("Lmm.Tests", "Inference", file);
}

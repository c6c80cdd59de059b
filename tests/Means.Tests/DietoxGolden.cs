using System.Text.Json;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// Growth of pigs, <c>Weight ~ Cu * Time + Evit + (1 | Pig)</c> by REML with Kenward and Roger's degrees of freedom: emmeans 1.8.4.1,
/// lme4 1.1.31 and pbkrtest 0.5.2 under R 4.2.2; Dunnett's exact p by mvtnorm 1.1-3. lme4's optimum leaves about seven digits.
/// </summary>
public sealed class DietoxGolden
{
    private const double Tolerance = 2e-6;

    private static readonly JsonElement Expected = MeansFrames.Expected("means_dietox_lmm");

    private static readonly LmmFit Fit =
        LmmFitter.Fit(MeansFrames.Of("dietox", "Weight ~ Cu * Time + Evit + (1 | Pig)"), new LmmOptions());

    [Theory]
    [InlineData("means", "kenward-roger")]
    [InlineData("means_satterthwaite", "satterthwaite")]
    public void Means_agree_with_emmeans(string table, string reference)
    {
        Assert.True(LmmReference.TryParse(reference, out var named));
        var means = EstimatedMeans.Of(FittedModel.Of(named.Of(Fit)), new MeansRequest { Variables = ["Cu"] });
        var rows = Expected.Rows(table);
        Assert.Equal(rows.Length, means.Means.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            var own = means.Means[i];
            Assert.Equal(rows[i].GetProperty("Cu").GetString(), own.At[0].Value);
            Near(rows[i].Number("emmean"), own.Estimate.Estimate);
            Near(rows[i].Number("SE"), own.Estimate.StandardError);
            Near(rows[i].Number("df"), own.Estimate.DegreesOfFreedom!.Value);
            Near(rows[i].Number("lower.CL"), own.Estimate.Lower);
            Near(rows[i].Number("upper.CL"), own.Estimate.Upper);
        }

        Assert.Contains("At Time = 6.48084 (mean).", means.Notes);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("tukey")]
    [InlineData("bonferroni")]
    [InlineData("holm")]
    [InlineData("sidak")]
    [InlineData("scheffe")]
    public void Pairs_agree_with_emmeans_under_each_adjustment(string name)
    {
        Assert.True(Adjustment.TryParse(name, out var adjustment));
        var pairs = Of(new MeansRequest { Variables = ["Cu"], Pairs = PairChoice.All, Adjustment = adjustment }).Pairs;
        Check(Expected.Rows("pairs_" + name), pairs);
    }

    /// <summary>Without being asked, all pairs are Tukey's: .90961, .60468, .34691.</summary>
    [Fact]
    public void All_pairs_are_Tukeys_by_default() =>
        Check(Expected.Rows("pairs_tukey"), Of(new MeansRequest { Variables = ["Cu"], Pairs = PairChoice.All }).Pairs);

    /// <summary>mvtnorm's p .88171327 and .52964995, critical value 2.25762814; emmeans' own .8693 and .5335 are approximations.</summary>
    [Fact]
    public void Comparisons_with_a_reference_are_Dunnetts_exact_ones()
    {
        var pairs = Of(new MeansRequest { Variables = ["Cu"], Pairs = PairChoice.Versus("Cu000") }).Pairs;
        var exact = Expected.GetProperty("dunnett_exact");
        var (p, names) = (exact.Numbers("p"), exact.GetProperty("contrast").EnumerateArray().ToArray());
        for (var i = 0; i < p.Length; i++)
        {
            Assert.Equal(names[i].GetString(), pairs[i].Contrast);
            Assert.Equal(p[i], pairs[i].Adjusted, 2e-6);
            Assert.Equal(exact.Number("critical95"), (pairs[i].Upper - pairs[i].Own.Estimate) / pairs[i].Own.StandardError, 2e-5);
        }
    }

    [Fact]
    public void Free_contrasts_agree_with_emmeans()
    {
        var rows = Expected.Rows("custom");
        var found = Of(new MeansRequest
        {
            Variables = ["Cu"],
            Contrasts = [.. rows.Select(row => row.GetProperty("contrast").GetString()!)],
        }).Contrasts;
        Check(rows, found);
    }

    [Fact]
    public void Slopes_and_their_pairs_agree_with_emtrends()
    {
        var result = Of(new MeansRequest
        {
            Variables = ["Cu"],
            Slope = "Time",
            Pairs = PairChoice.All,
            Adjustment = Adjustment.Holm,
        });
        var rows = Expected.Rows("slopes");
        for (var i = 0; i < rows.Length; i++)
        {
            Near(rows[i].Number("Time.trend"), result.Slopes[i].Estimate.Estimate);
            Near(rows[i].Number("SE"), result.Slopes[i].Estimate.StandardError);
            Near(rows[i].Number("df"), result.Slopes[i].Estimate.DegreesOfFreedom!.Value);
        }

        Check(Expected.Rows("slope_pairs"), result.SlopePairs);
    }

    private static EstimatedMeans Of(MeansRequest request) =>
        EstimatedMeans.Of(FittedModel.Of(LmmReference.KenwardRoger.Of(Fit)), request);

    private static void Check(JsonElement[] rows, IReadOnlyList<MeanComparison> found)
    {
        Assert.Equal(rows.Length, found.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].GetProperty("contrast").GetString(), found[i].Contrast);
            Assert.Equal(rows[i].Number("estimate"), found[i].Own.Estimate, 2e-6);
            Near(rows[i].Number("SE"), found[i].Own.StandardError);
            Near(rows[i].Number("df"), found[i].Own.DegreesOfFreedom!.Value);
            Assert.Equal(rows[i].Number("p.value"), found[i].Adjusted, 2e-6);
            Assert.Equal(rows[i].Number("lower.CL"), found[i].Lower, 2e-5);
            Assert.Equal(rows[i].Number("upper.CL"), found[i].Upper, 2e-5);
        }
    }

    private static void Near(double expected, double found) => Assert.Equal(1, found / expected, Tolerance * 5);
}

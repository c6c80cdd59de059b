using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation.Tests;

/// <summary>Rows of tables pooled on their scale, with symmetric and skewed limits, against the rules written out.</summary>
public sealed class PooledRowTests
{
    private static readonly Coefficient[] Rows =
        [Coefficient.Wald("x", 1.2, 0.4, 20), Coefficient.Wald("x", 1.5, 0.5, 24), Coefficient.Wald("x", 0.9, 0.3, 16)];

    [Fact]
    public void Symmetric_rows_are_rubin_s()
    {
        var (row, parts) = PooledRow.Of(Rows, 0.95);
        var own = PooledEstimate.Of([1.2, 1.5, 0.9], [0.16, 0.25, 0.09], 20).Test("x", 0.95);
        Assert.Equal(own.Estimate, row.Estimate, 1e-14);
        Assert.Equal(own.Lower, row.Lower, 1e-12);
        Assert.Equal(own.DegreesOfFreedom!.Value, row.DegreesOfFreedom!.Value, 1e-12);
        Assert.Equal(own.PValue, row.PValue, 1e-12);
        Assert.Equal(20, parts!.CompleteDegreesOfFreedom);
    }

    [Fact]
    public void Degrees_of_freedom_of_the_rows_give_way_to_those_asked_for() =>
        Assert.Equal(177, PooledRow.Of(Rows, 0.95, null, 177).Parts!.CompleteDegreesOfFreedom);

    [Fact]
    public void Probabilities_are_pooled_by_log_odds()
    {
        Coefficient[] rows = [Coefficient.Wald("p", 0.9, 0.03, null), Coefficient.Wald("p", 0.96, 0.02, null)];
        var (row, _) = PooledRow.Of(rows, 0.95, PoolScale.Logit);
        double Logit(double p) => Math.Log(p / (1 - p));
        var by = PooledEstimate.Of(
            [Logit(0.9), Logit(0.96)], [Math.Pow(0.03 / 0.09, 2), Math.Pow(0.02 / (0.96 * 0.04), 2)]).Test("p", 0.95);
        var mean = Link.Logit.Mean(by.Estimate);
        Assert.Equal(mean, row.Estimate, 1e-12);
        Assert.Equal(by.StandardError * mean * (1 - mean), row.StandardError, 1e-12);
        Assert.Equal(Link.Logit.Mean(by.Upper), row.Upper, 1e-12);
        Assert.InRange(row.Upper, 0.9, 1);
    }

    [Fact]
    public void Correlations_are_pooled_by_fisher_s_z()
    {
        var (row, _) = PooledRow.Of([Coefficient.Wald("r", 0.5, 0.1, null), Coefficient.Wald("r", 0.9, 0.1, null)], 0.95, PoolScale.Fisher);
        Assert.Equal(Math.Tanh((Math.Atanh(0.5) + Math.Atanh(0.9)) / 2), row.Estimate, 1e-12);
    }

    /// <summary>Each limit keeps a variance of its own; identical sets give the set's own row.</summary>
    [Fact]
    public void Skewed_limits_stay_skewed()
    {
        var skewed = Coefficient.Wald("step", -0.4, 0.2, 30) with { Lower = -1, Upper = -0.1, Statistic = -3.2, PValue = 0.003 };
        var (row, _) = PooledRow.Of([skewed, skewed, skewed], 0.95);
        var half = Coefficient.CriticalValue(0.95, row.DegreesOfFreedom) / Coefficient.CriticalValue(0.95, 30);
        Assert.Equal(-0.4 - (0.6 * half), row.Lower, 1e-12);
        Assert.Equal(-0.4 + (0.3 * half), row.Upper, 1e-12);
        Assert.Equal(-3.2, row.Statistic, 1e-12);

        var (apart, _) = PooledRow.Of([skewed, skewed with { Estimate = -0.5, Lower = -1.1, Upper = -0.2, Statistic = -4 }], 0.95);
        Assert.True(apart.Estimate - apart.Lower > apart.Upper - apart.Estimate);
        Assert.True(apart.Upper - apart.Estimate > 0.3);
    }

    [Fact]
    public void A_row_that_one_set_cannot_estimate_is_not_pooled()
    {
        var (row, parts) = PooledRow.Of([Rows[0], Coefficient.NotEstimable("x")], 0.95);
        Assert.Equal(double.NaN, row.Estimate);
        Assert.Null(parts);
    }

    [Fact]
    public void Rows_that_are_zero_by_identity_stay_zero()
    {
        var (row, _) = PooledRow.Of([Coefficient.Wald("zero", 0, 0, 9), Coefficient.Wald("zero", 0, 0, 9)], 0.95);
        Assert.Equal(0, row.Estimate);
        Assert.Equal(0, row.StandardError);
        Assert.Null(row.MissingInformation);
    }
}

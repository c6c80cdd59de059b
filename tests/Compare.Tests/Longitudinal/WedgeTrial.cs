using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>One row of a made trial over time.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="Arm">0 or 1.</param>
/// <param name="Exposure">Periods since the cluster began treatment, 0 before.</param>
/// <param name="X">A covariate.</param>
/// <param name="Y">The outcome.</param>
internal sealed record WedgeRow(int Cluster, int Period, int Arm, int Exposure, double X, double Y);

/// <summary>Small made stepped wedges whose effect goes with the size of the cluster.</summary>
internal static class WedgeTrial
{
    /// <summary>Rows of a trial in which cluster c begins treatment in period 2 + c mod steps.</summary>
    /// <param name="clusters">How many.</param>
    /// <param name="steps">In how many steps they begin.</param>
    /// <param name="seed">Names the data.</param>
    /// <param name="binary">Whether outcomes are 0 and 1.</param>
    /// <param name="effect">The effect of treatment on the scale of the link, in a cluster whose cells are small.</param>
    /// <param name="less">How much smaller it is where they are large.</param>
    public static List<WedgeRow> Rows(int clusters, int steps, ulong seed, bool binary, double effect = 0.8, double less = 0.5)
    {
        var random = new RandomStream(seed, 1, 1);
        var rows = new List<WedgeRow>();
        for (var c = 0; c < clusters; c++)
        {
            var (large, intercept) = (random.NextBernoulli(0.5), 0.6 * random.NextNormal());
            for (var period = 1; period <= steps + 1; period++)
            {
                var start = 2 + (c % steps);
                var arm = period >= start ? 1 : 0;
                var rowsHere = 3 + (int)(4 * large) + (random.NextBernoulli(0.5) > 0 ? 2 : 0);
                for (var i = 0; i < rowsHere; i++)
                {
                    var x = random.NextNormal();
                    var eta = -0.2 + (0.15 * period) + (0.5 * x) + (arm * (effect - (less * large))) + intercept;
                    var y = binary ? random.NextBernoulli(1 / (1 + Math.Exp(-eta))) : eta + random.NextNormal();
                    rows.Add(new WedgeRow(c, period, arm, arm * (period - start + 1), x, y));
                }
            }
        }

        return rows;
    }

    /// <summary>The frame of some rows.</summary>
    public static ModelFrame Frame(IReadOnlyList<WedgeRow> rows, string formula = "y ~ arm + factor(period) + x + (1 | id)")
    {
        var data = new Dataset("wedge.csv", [
            new NumericColumn("id", [.. rows.Select(row => (double)row.Cluster)]),
            new NumericColumn("period", [.. rows.Select(row => (double)row.Period)]),
            new NumericColumn("arm", [.. rows.Select(row => (double)row.Arm)]),
            new NumericColumn("exposure", [.. rows.Select(row => (double)row.Exposure)]),
            new NumericColumn("x", [.. rows.Select(row => row.X)]),
            new NumericColumn("y", [.. rows.Select(row => row.Y)]),
        ]);
        return ModelFrameBuilder.Build(
            data, new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id", AuxiliaryGroupings = ["period"] });
    }

    /// <summary>Options of a comparison by period.</summary>
    public static ComparisonOptions Options(bool binary, WorkingCorrelation? correlation = null) => new()
    {
        Treatment = "arm",
        Gee = new GeeOptions
        {
            Family = binary ? Family.Binomial : Family.Gaussian,
            Correlation = correlation ?? WorkingCorrelation.Independence,
            Threads = 1,
        },
        Glmm = new GlmmOptions { Family = binary ? Family.Binomial : Family.Gaussian, Nodes = 7, Threads = 1, CheckNodes = false },
        Period = "period",
        CheckReasons = false,
        MarginalLikelihood = false,
    };
}

using System.Text.Json;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Planning;

/// <summary>Stepped wedges: numbers of swdpwr 1.11 by wedge.R, published closed forms, and the trial itself row by row.</summary>
public sealed class WedgePlanTests
{
    private static readonly Lazy<JsonElement> Document =
        new(() => ReferenceFiles.Json(ReferenceFiles.Beside("Gee.Tests", "Planning", "wedge.json")));

    [Fact]
    public void Powers_agree_with_swdpwr()
    {
        var compared = 0;
        foreach (var row in Document.Value.EnumerateArray())
        {
            var link = row.GetProperty("link").GetString()!;
            if (row.GetProperty("model").GetString() == "conditional" && link != "identity")
            {
                continue;
            }

            double Number(string name) => row.GetProperty(name).GetDouble();
            var alpha = row.Numbers("alpha");
            double start = Number("start"), end = Number("end"), treated = Number("treated");
            var outcome = row.GetProperty("family").GetString() == "gaussian"
                ? WedgeOutcome.Continuous(treated - end, Math.Sqrt(Number("variance")))
                : WedgeOutcome.Binary(start, end, treated, link == "logit" ? Link.Logit : link == "log" ? Link.Log : Link.Identity);
            var plan = new TrialPlan
            {
                Outcome = WedgePlan.Of(
                    WedgeDesign.Stepped(row.GetProperty("steps").GetInt32()),
                    outcome,
                    WedgeCorrelation.Nested(
                        alpha[0], alpha[1], row.GetProperty("type").GetString() == "cohort" ? alpha[2] : null),
                    Number("size"),
                    start == end ? PeriodEffects.None : PeriodEffects.Categorical),
                Information = 1,
                UsesStudent = false,
            };
            Assert.Equal(Number("power"), plan.Power(row.GetProperty("clusters").GetInt32()), 5.1e-4);
            compared++;
        }

        Assert.Equal(17, compared);
    }

    [Theory]
    [InlineData(3, 20, 0.05)]
    [InlineData(5, 7, 0.2)]
    public void Equal_correlations_give_Hussey_and_Hughes_closed_form(int steps, int size, double rho)
    {
        // Hussey and Hughes (2007), equation 8, with one cluster a sequence.
        var design = WedgeDesign.Stepped(steps);
        var (clusters, periods) = (steps, steps + 1);
        double u = 0, w = 0, v = 0;
        for (var i = 0; i < clusters; i++)
        {
            var own = Enumerable.Range(0, periods).Count(j => design.IsTreated(i, j));
            (u, v) = (u + own, v + (own * own));
        }

        for (var j = 0; j < periods; j++)
        {
            w += Math.Pow(Enumerable.Range(0, clusters).Count(i => design.IsTreated(i, j)), 2);
        }

        double sigma2 = (1 - rho) / size, tau2 = rho;
        var expected = clusters * sigma2 * (sigma2 + (periods * tau2))
            / ((((clusters * u) - w) * sigma2) + (((u * u) + (clusters * periods * u) - (periods * w) - (clusters * v)) * tau2));
        var plan = new TrialPlan
        {
            Outcome = WedgePlan.Of(design, WedgeOutcome.Continuous(1, 1), WedgeCorrelation.Nested(rho, rho), size),
            Information = 1,
        };
        Assert.Equal(Math.Sqrt(expected), plan.StandardError(clusters), 12);
        Assert.Equal(expected, Whole(design, size, (j, k, same) => same && j == k ? 1 : rho, [1, 1]), 9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Means_of_periods_carry_all_that_the_rows_do(bool decays)
    {
        const double Within = 0.1, Between = 0.04, Person = 0.3, Factor = 0.7;
        var design = WedgeDesign.Of(["0011", "0111", "0001"]);
        var outcome = WedgeOutcome.Binary(0.3, 0.4, 0.55, Link.Logit);
        var correlation = decays
            ? WedgeCorrelation.Decaying(Within, Factor, isCohort: true)
            : WedgeCorrelation.Nested(Within, Between, Person);
        var plan = new TrialPlan { Outcome = WedgePlan.Of(design, outcome, correlation, 4), Information = 1 };
        double Of(int j, int k, bool same) => decays ? Math.Pow(Factor, Math.Abs(j - k)) * (same ? 1 : Within)
            : j == k ? (same ? 1 : Within)
            : same ? Person : Between;
        var variance = Whole(design, 4, Of, [.. Enumerable.Range(0, 3).SelectMany(i =>
            Enumerable.Range(0, 4).Select(j => outcome.Mean(j, 4, design.IsTreated(i, j))))]);
        Assert.Equal(Math.Sqrt(variance), plan.StandardError(3), 10);
    }

    [Fact]
    public void Sizes_that_vary_are_clusters_of_each_in_every_sequence()
    {
        var outcome = WedgeOutcome.Binary(0.3, 0.4, 0.55, Link.Probit);
        var plan = new TrialPlan
        {
            Outcome = WedgePlan.Of(WedgeDesign.Of(["0011", "0111"]), outcome, WedgeCorrelation.Nested(0.1, 0.04), [2, 5, 9]),
            Information = 1,
        };
        var each = WedgeDesign.Of(["0011", "0011", "0011", "0111", "0111", "0111"]);
        var variance = Whole(
            each,
            [2, 5, 9, 2, 5, 9],
            (j, k, same) => j != k ? 0.04 : same ? 1 : 0.1,
            [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 4).Select(j => outcome.Mean(j, 4, each.IsTreated(i, j))))],
            mean => Link.Probit.Derivative(Link.Probit.Predictor(mean)));
        Assert.Equal(Math.Sqrt(variance), plan.StandardError(6), 10);
    }

    [Fact]
    public void A_number_of_clusters_is_one_a_sequence_or_several()
    {
        var plan = new TrialPlan
        {
            Outcome = WedgePlan.Of(
                WedgeDesign.Stepped(5), WedgeOutcome.Continuous(0.2, 1), WedgeCorrelation.Decaying(0.05, 0.8), 20),
            Information = 1,
            Multiple = 5,
        };
        var needed = plan.Clusters(0.9)!.Value;
        Assert.Equal(0, needed % 5);
        Assert.True(plan.Power(needed) >= 0.9 && plan.Power(needed - 5) < 0.9);
    }

    [Theory]
    [InlineData("0011", "001")]
    [InlineData("0000", "0000")]
    [InlineData("0211", "0111")]
    public void Sequences_that_are_none_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() => WedgeDesign.Of([first, second]));

    [Fact]
    public void A_treatment_that_comes_everywhere_at_once_is_not_told_from_the_periods()
    {
        var refusal = Assert.Throws<ArgumentException>(() => WedgePlan.Of(
            WedgeDesign.Of(["01", "01"]), WedgeOutcome.Continuous(1, 1), WedgeCorrelation.Nested(0.1, 0.05), 5));
        Assert.Contains("does not tell the treatment", refusal.Message, StringComparison.Ordinal);
    }

    private static double Whole(WedgeDesign design, int size, Func<int, int, bool, double> correlation, double[] means) =>
        Whole(design, [.. Enumerable.Repeat(size, design.Sequences)], correlation, means, mean => mean * (1 - mean));

    /// <summary>
    /// The treatment's variance with one cluster a sequence, from whole covariance matrices of all rows; means give binary slopes.
    /// </summary>
    private static double Whole(
        WedgeDesign design, int[] sizes, Func<int, int, bool, double> correlation, double[] means, Func<double, double> derivative)
    {
        var periods = design.Periods;
        var columns = periods + 1;
        var information = new double[columns, columns];
        for (var i = 0; i < design.Sequences; i++)
        {
            var (size, rows) = (sizes[i], sizes[i] * periods);
            double Deviation(int j) => means.Length == 2 ? 1 : Math.Sqrt(means[(i * periods) + j] * (1 - means[(i * periods) + j]));
            var covariance = new double[rows, rows];
            var x = new double[rows, columns];
            for (var a = 0; a < rows; a++)
            {
                var (j, person) = (a / size, a % size);
                var slope = means.Length == 2 ? 1 : derivative(means[(i * periods) + j]);
                x[a, j] = slope;
                x[a, periods] = design.IsTreated(i, j) ? slope : 0;
                for (var b = 0; b < rows; b++)
                {
                    covariance[a, b] = Deviation(j) * Deviation(b / size) * correlation(j, b / size, person == b % size);
                }
            }

            var solved = Solved(covariance, x);
            for (var a = 0; a < columns; a++)
            {
                for (var b = 0; b < columns; b++)
                {
                    for (var r = 0; r < rows; r++)
                    {
                        information[a, b] += x[r, a] * solved[r, b];
                    }
                }
            }
        }

        var unit = new double[columns, 1];
        unit[periods, 0] = 1;
        return Solved(information, unit)[periods, 0];
    }

    /// <summary>A⁻¹B by Gauss and Jordan.</summary>
    private static double[,] Solved(double[,] matrix, double[,] right)
    {
        var (a, b) = ((double[,])matrix.Clone(), (double[,])right.Clone());
        var (n, m) = (a.GetLength(0), b.GetLength(1));
        for (var pivot = 0; pivot < n; pivot++)
        {
            var value = a[pivot, pivot];
            for (var j = 0; j < n; j++)
            {
                a[pivot, j] /= value;
            }

            for (var j = 0; j < m; j++)
            {
                b[pivot, j] /= value;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = a[i, pivot];
                for (var j = 0; i != pivot && j < n; j++)
                {
                    a[i, j] -= factor * a[pivot, j];
                }

                for (var j = 0; i != pivot && j < m; j++)
                {
                    b[i, j] -= factor * b[pivot, j];
                }
            }
        }

        return b;
    }
}

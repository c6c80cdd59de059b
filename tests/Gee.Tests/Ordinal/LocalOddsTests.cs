using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Local odds ratios: fitted tables, their estimates, and the covariances that they imply.</summary>
public class LocalOddsTests
{
    [Fact]
    public void Fitted_tables_have_the_margins_and_the_odds_ratios()
    {
        double[] association = [1, 1, 1, 1, 2, 4, 1, 4, 16], rows = [0.2, 0.3, 0.5], columns = [0.6, 0.1, 0.3];
        var table = new double[9];
        ProportionalFitting.Fit(association, rows, columns, table);
        for (var x = 0; x < 3; x++)
        {
            Assert.Equal(rows[x], table[3 * x] + table[(3 * x) + 1] + table[(3 * x) + 2], 1e-13);
            Assert.Equal(columns[x], table[x] + table[3 + x] + table[6 + x], 1e-13);
        }

        foreach (var cell in (int[])[0, 1, 3, 4])
        {
            Assert.Equal(Odds(association, cell, 3), Odds(table, cell, 3), 1e-11);
        }
    }

    [Fact]
    public void A_row_without_cases_stays_empty()
    {
        var table = new double[9];
        ProportionalFitting.Fit([1, 1, 1, 1, 3, 9, 1, 9, 81], [0.5, 0, 0.5], [0.2, 0.5, 0.3], table);
        Assert.Equal([0.0, 0, 0], table[3..6]);
        Assert.Equal(0.5, table[1] + table[7], 1e-13);
    }

    [Fact]
    public void With_two_categories_each_pair_of_waves_has_its_sample_odds_ratio()
    {
        var (frame, stack) = Make(1);
        var ratios = LocalOddsRatios.Estimate(stack, [], new LocalOddsForm(IsByPair: true, HasScores: false), 25);
        var pair = 0;
        for (var early = 0; early < 4; early++)
        {
            for (var late = early + 1; late < 4; late++, pair++)
            {
                var counts = Counts(frame, early, late, 2);
                Assert.Equal(counts[0] * counts[3] / (counts[1] * counts[2]), ratios.Values()[pair], 1e-7);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_of_the_LocalOddsObjective_is_that_of_its_value(bool scores)
    {
        var (frame, _) = Make(3);
        var objective = new LocalOddsObjective([Counts(frame, 0, 1, 4), Counts(frame, 1, 2, 4)], 4, scores ? [1, 2, 3] : [], 25);
        double[] at = scores ? [0.3, 0.9, 1.1] : [0.4];
        var (gradient, unused) = (new double[at.Length], new double[at.Length]);
        objective.Evaluate(at, gradient);
        for (var j = 0; j < at.Length; j++)
        {
            double[] up = [.. at], down = [.. at];
            up[j] += 1e-5;
            down[j] -= 1e-5;
            Assert.Equal((objective.Evaluate(up, unused) - objective.Evaluate(down, unused)) / 2e-5, gradient[j], 1e-5);
        }
    }

    [Fact]
    public void At_the_estimate_the_fitted_products_of_categories_are_those_of_the_data()
    {
        var (frame, stack) = Make(3);
        var ratios = LocalOddsRatios.Estimate(stack, [], new LocalOddsForm(IsByPair: false, HasScores: false), 25);
        var (observed, expected) = (0.0, 0.0);
        for (var early = 0; early < 4; early++)
        {
            for (var late = early + 1; late < 4; late++)
            {
                var counts = Counts(frame, early, late, 4);
                var (rows, columns, table) = (new double[4], new double[4], new double[16]);
                for (var cell = 0; cell < 16; cell++)
                {
                    rows[cell / 4] += counts[cell];
                    columns[cell % 4] += counts[cell];
                }

                ProportionalFitting.Fit(ratios.Association(early, late), rows, columns, table);
                for (var cell = 0; cell < 16; cell++)
                {
                    observed += counts[cell] * (cell / 4) * (cell % 4);
                    expected += table[cell] * (cell / 4) * (cell % 4);
                }
            }
        }

        Assert.Equal(observed, expected, 1e-6 * observed);
    }

    [Fact]
    public void AssociationWhitening_whitens_by_the_covariance_of_the_joint_probabilities()
    {
        const int j = 3;
        var (frame, stack) = Make(j);
        var ratios = LocalOddsRatios.Estimate(stack, [], new LocalOddsForm(IsByPair: true, HasScores: false), 25);
        var indicators = IndicatorFrame.Of(frame, ["1|2", "2|3", "3|4"], []);
        var whitening = new AssociationWhitening(stack, indicators, [], ratios);
        var eta = LinearPredictor.Of(indicators, [-1.4, 0.1, 1.5, 0.3, 0.4]);
        var factors = new double[whitening.Numbers(0, frame.Clusters.Count)];
        Assert.True(whitening.Prepare(0, frame.Clusters.Count, eta, factors));
        double[] raw = [.. eta.Select((_, row) => Math.Cos(row))], column = [.. raw];
        whitening.Whiten(0, frame.Clusters.Count, factors, column);
        foreach (var cluster in (int[])[0, 5, 9])
        {
            var (start, order, size) = (indicators.Clusters.Start(cluster), indicators.Clusters.Size(cluster), stack.Size(cluster));
            var covariance = new double[order, order];
            for (var a = 0; a < order; a++)
            {
                for (var b = 0; b < order; b++)
                {
                    var (t, s) = (a % size, b % size);
                    var both = t == s ? Math.Min(F(start + a), F(start + b))
                        : t < s ? Joint(start, size, t, s, a / size, b / size)
                        : Joint(start, size, s, t, b / size, a / size);
                    covariance[a, b] = both - (F(start + a) * F(start + b));
                }
            }

            var (inverse, form, sum) = (Matrices.Inverse(covariance), 0.0, 0.0);
            for (var a = 0; a < order; a++)
            {
                sum += column[start + a] * column[start + a];
                for (var b = 0; b < order; b++)
                {
                    form += raw[start + a] * inverse[a, b] * raw[start + b];
                }
            }

            Assert.Equal(form, sum, 1e-8 * form);
        }

        double F(int row) => 1 / (1 + Math.Exp(-eta[row]));

        double Joint(int start, int size, int early, int late, int k, int l)
        {
            double[] Cells(int outcome)
            {
                double[] below = [0, .. Enumerable.Range(0, j).Select(m => F(start + (m * size) + outcome)), 1];
                return [.. Enumerable.Range(0, j + 1).Select(m => below[m + 1] - below[m])];
            }

            var table = new double[(j + 1) * (j + 1)];
            var first = frame.Clusters.Start(0);
            var outcomeStart = start / j;
            ProportionalFitting.Fit(
                ratios.Association(frame.Waves[outcomeStart + early - first], frame.Waves[outcomeStart + late - first]),
                Cells(early),
                Cells(late),
                table);
            return Enumerable.Range(0, k + 1).Sum(x => Enumerable.Range(0, l + 1).Sum(y => table[(x * (j + 1)) + y]));
        }
    }

    [Fact]
    public void Outcomes_along_one_diagonal_have_no_finite_local_odds_ratio()
    {
        var frame = OrdinalSample.Create(2, 2, clusters: 40, waves: 2, keep: 1);
        var outcomes = frame.Response.ToArray();
        for (var row = 0; row < outcomes.Length; row++)
        {
            outcomes[row] = row / 2 % 3;
        }

        var options = new OrdinalGeeOptions { Correlation = WorkingCorrelation.LocalOddsUniform };
        var fit = OrdinalGeeFitter.Fit(frame.WithResponse(outcomes), options).Indicators;
        Assert.Equal(ConvergenceStatus.NotPositiveDefinite, fit.Convergence.Status);
        Assert.Contains("no finite estimate", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Coefficients[0]));
    }

    [Fact]
    public void Independent_waves_give_the_fit_under_independence()
    {
        // Each combination of two waves' outcomes once: every local odds ratio is 1.
        var frame = OrdinalSample.Create(2, 2, clusters: 90, waves: 2, keep: 1);
        double[] outcomes = [.. Enumerable.Range(0, 180).Select(row => (double)(row % 2 == 0 ? row / 2 % 3 : row / 6 % 3))];
        frame = frame.WithResponse(outcomes);
        var free = OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence });
        var tied = OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions { Correlation = WorkingCorrelation.LocalOddsUniform });
        Assert.Equal(1, tied.Indicators.Correlation.Alpha[0], 1e-9);
        foreach (var variance in (GeeVariance[])[GeeVariance.Robust, GeeVariance.ManclDeRouen, GeeVariance.FayGraubard])
        {
            var (one, other) = (GeeInference.Of(free.Indicators, variance), GeeInference.Of(tied.Indicators, variance));
            for (var j = 0; j < 4; j++)
            {
                Assert.Equal(free.Indicators.Coefficients[j], tied.Indicators.Coefficients[j], 1e-8);
                Assert.Equal(one.StandardErrors()[j], other.StandardErrors()[j], 1e-8);
            }
        }
    }

    private static (ModelFrame Frame, CumulativeStack Stack) Make(int thresholds)
    {
        var frame = OrdinalSample.Create(12, thresholds, clusters: 150);
        string[] names = [.. Enumerable.Range(1, thresholds).Select(k => $"{k}|{k + 1}")];
        return (frame, new CumulativeStack(IndicatorFrame.Of(frame, names, []), new CumulativeModel(CumulativeLink.Logit, thresholds)));
    }

    private static double Odds(double[] table, int cell, int categories) =>
        table[cell] * table[cell + categories + 1] / (table[cell + 1] * table[cell + categories]);

    private static double[] Counts(ModelFrame frame, int early, int late, int categories)
    {
        var counts = new double[categories * categories];
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var t = frame.Clusters.Start(i); t < frame.Clusters.Start(i) + frame.Clusters.Size(i); t++)
            {
                for (var s = t + 1; s < frame.Clusters.Start(i) + frame.Clusters.Size(i); s++)
                {
                    counts[((int)frame.Response[t] * categories) + (int)frame.Response[s]] +=
                        (frame.Waves[t], frame.Waves[s]) == (early, late) ? 1 : 0;
                }
            }
        }

        return counts;
    }
}

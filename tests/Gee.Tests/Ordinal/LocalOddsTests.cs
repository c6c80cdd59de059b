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

    /// <summary>
    /// −Σ n log m of tables with the margins of the counts, found here by turns; a category that never occurs leaves no trace, and an odds
    /// ratio beyond the largest one is none.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_value_of_the_LocalOddsObjective_is_the_likelihood_of_its_tables(bool scores)
    {
        double[] counts = [5, 0, 2, 3, 0, 0, 0, 0, 4, 0, 9, 1, 2, 0, 3, 7], kept = [5, 2, 3, 4, 9, 1, 2, 3, 7];
        double[] at = scores ? [0.2, 0.7, 1.1] : [0.3], same = scores ? [0.7, 1.1] : [0.3];
        var objective = new LocalOddsObjective([counts], 4, scores ? [1, 2, 3] : [], 25);
        var association = objective.Association(at);
        var fitted = association.ToArray();
        for (var turn = 0; turn < 2000; turn++)
        {
            for (var line = 0; line < 4; line++)
            {
                Scale(Enumerable.Range(0, 4).Select(other => (4 * line) + other));
                Scale(Enumerable.Range(0, 4).Select(other => (4 * other) + line));
            }
        }

        var expected = -counts.Zip(fitted, (count, mean) => count > 0 ? count * Math.Log(mean) : 0).Sum();
        Assert.Equal(expected, objective.Evaluate(at, new double[at.Length]), 1e-7);
        if (scores)
        {
            var without = new LocalOddsObjective([kept], 3, [1, 2], 25);
            Assert.Equal(expected, without.Evaluate(same, new double[2]), 1e-7);
        }

        var beyond = new LocalOddsObjective([counts], 4, scores ? [1, 2, 3] : [], 2);
        double[] Far(double step) => scores ? [step, 2 * step, 3 * step] : [step * step];
        Assert.True(double.IsFinite(beyond.Evaluate(Far(1.40), new double[at.Length])));
        Assert.Equal(double.PositiveInfinity, beyond.Evaluate(Far(1.42), new double[at.Length]));

        void Scale(IEnumerable<int> cells)
        {
            int[] line = [.. cells];
            var (target, sum) = (line.Sum(cell => counts[cell]), line.Sum(cell => fitted[cell]));
            foreach (var cell in line)
            {
                fitted[cell] *= sum > 0 ? target / sum : 0;
            }
        }
    }

    /// <summary>
    /// Outcomes of which the second wave never has one category, or no wave has it, have the scores of the same outcomes numbered without
    /// it: a category that occurs nowhere has the score of the one before.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Categories_that_never_occur_change_no_score_of_the_others(int absent)
    {
        var random = new Sequence(77);
        double[] three = [.. Enumerable.Range(0, 160).Select(_ => random.Normal()).Chunk(2).SelectMany(pair =>
            new[] { pair[0], pair[0] + (0.9 * pair[1]) }.Select((value, wave) => value < -0.4 ? (double)wave : value < 0.5 ? 1 : 2))];
        double[] four = [.. three.Select(outcome => outcome < absent ? outcome : outcome + 1)];
        var (small, large) = (Ratios(three, 2), Ratios(four, 3));
        Assert.Null(small.Problem);
        Assert.Null(large.Problem);
        double[] less = [.. small.Association(0, 1)], more = [.. large.Association(0, 1)];
        var counts = new double[9];
        foreach (var pair in three.Chunk(2))
        {
            counts[(3 * (int)pair[0]) + (int)pair[1]]++;
        }

        // The likelihood has no slope in any score, those of a category that only one wave has among them.
        var (first, slopes) = (Math.Sqrt(Math.Log(less[4])), new double[2]);
        Assert.Equal(0, counts[0] + counts[3] + counts[6]);
        Assert.True(double.IsFinite(
            new LocalOddsObjective([counts], 3, [1, 2], 25).Evaluate([first, Math.Log(less[5]) / first], slopes)));
        Assert.All(slopes, slope => Assert.Equal(0, slope, 1e-4));
        int[] place = [.. Enumerable.Range(0, 4).Where(category => category != absent)];
        for (var x = 0; x < 3; x++)
        {
            for (var y = 0; y < 3; y++)
            {
                double Odds(double[] table, int size, Func<int, int> at) => table[(at(0) * size) + at(0)] * table[(at(x) * size) + at(y)]
                    / (table[(at(0) * size) + at(y)] * table[(at(x) * size) + at(0)]);
                Assert.Equal(Odds(less, 3, k => k), Odds(more, 4, k => place[k]), 1e-5);
            }

            if (absent > 0)
            {
                Assert.Equal(more[(4 * place[x]) + absent - 1], more[(4 * place[x]) + absent], 1e-12);
            }
        }

        static LocalOddsRatios Ratios(double[] outcomes, int thresholds)
        {
            var frame = OrdinalSample.Create(2, thresholds, clusters: 80, waves: 2, keep: 1).WithResponse(outcomes);
            return LocalOddsRatios.Estimate(Stack(frame, thresholds), [], new LocalOddsForm(IsByPair: true, HasScores: true), 25);
        }
    }

    /// <summary>Three waves of which no cluster has the outer two; the first two lie along one diagonal, the last two do not.</summary>
    [Fact]
    public void A_pair_of_waves_that_no_cluster_has_does_not_occur_and_the_problem_of_one_pair_is_that_of_all()
    {
        const int clusters = 60;
        var source = OrdinalSample.Create(2, 1, clusters: clusters, waves: 2, keep: 1);
        double[] outcomes = [.. Enumerable.Range(0, 2 * clusters).Select(row => (double)(row / 2 % 4 < 2 || row < clusters
            ? row / 2 % 2 : (row / 2 % 2) ^ (row & 1)))];
        var frame = new ModelFrame(source.Design, outcomes, source.Clusters)
        {
            Categories = source.Categories,
            Waves = [.. Enumerable.Range(0, 2 * clusters).Select(row => (row % 2) + (row < clusters ? 0 : 1))],
        };
        foreach (var scores in new[] { false, true })
        {
            var ratios = LocalOddsRatios.Estimate(Stack(frame, 1), [], new LocalOddsForm(IsByPair: true, HasScores: scores), 25);
            Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(ratios.Occurs));
            Assert.Contains("no finite estimate", ratios.Problem, StringComparison.Ordinal);
        }
    }

    private static CumulativeStack Stack(ModelFrame frame, int thresholds) => new(
        IndicatorFrame.Of(frame, [.. Enumerable.Range(1, thresholds).Select(k => $"{k}|{k + 1}")], []),
        new CumulativeModel(CumulativeLink.Logit, thresholds));

    private static (ModelFrame Frame, CumulativeStack Stack) Make(int thresholds)
    {
        var frame = OrdinalSample.Create(12, thresholds, clusters: 150);
        return (frame, Stack(frame, thresholds));
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

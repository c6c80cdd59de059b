using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>Data that break other programs: every one ends with a status, never with an exception.</summary>
public class HardDataTests
{
    [Fact]
    public void Complete_separation_is_reported_with_its_term()
    {
        var fit = GeeFitter.Fit(Frame([0, 0, 0, 0, 1, 1, 1, 1], [-4, -3, -2, -1, 1, 2, 3, 4], 2), Binomial);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Contains("completely separated along \"x\"", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.Contains(fit.Convergence.Message, fit.Warnings);
    }

    [Fact]
    public void Quasi_complete_separation_is_reported_with_its_term()
    {
        // All events where x = 1, both outcomes where x = 0.
        var fit = GeeFitter.Fit(Frame([0, 1, 0, 1, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1], 2), Binomial);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Contains("quasi-completely separated along \"x\"", fit.Convergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Poisson_group_without_events_is_separated()
    {
        var fit = GeeFitter.Fit(Frame([2, 1, 3, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1], 2), Binomial with { Family = Family.Poisson });
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
    }

    [Fact]
    public void Extreme_but_overlapping_data_are_not_called_separated()
    {
        double[] x = [-9, -8, -7, 0.1, -0.1, 7, 8, 9];
        var fit = GeeFitter.Fit(Frame([0, 0, 0, 0, 1, 1, 1, 1], x, 2), Binomial with { Correlation = WorkingCorrelation.Independence });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
    }

    [Fact]
    public void One_cluster_gives_the_model_based_variance_and_a_warning()
    {
        var sample = ClusteredSample.Create(1, Family.Gaussian);
        var n = sample.Frame.Rows;
        var frame = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), new Clusters("id", [0, n], _ => "all"))
        {
            Waves = [.. Enumerable.Range(0, n)],
        };
        var fit = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Ar1));
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.All(GeeInference.Of(fit, GeeVariance.Model).StandardErrors(), error => Assert.True(error > 0));
        Assert.All(GeeInference.Of(fit, GeeVariance.Robust).StandardErrors(), error => Assert.InRange(error, 0, 1e-8));
        Assert.Contains(GeeInference.Of(fit).Warnings, warning => warning.Contains("one cluster", StringComparison.Ordinal));
        Assert.All(GeeInference.Of(fit, GeeVariance.ManclDeRouen).StandardErrors(), error => Assert.True(double.IsNaN(error)));
    }

    [Fact]
    public void Clusters_of_one_row_give_the_fit_under_independence()
    {
        var sample = ClusteredSample.Create(1, Family.Binomial);
        var n = sample.Frame.Rows;
        var frame = new ModelFrame(
            sample.Frame.Design,
            sample.Frame.Response.ToArray(),
            new Clusters("id", [.. Enumerable.Range(0, n + 1)], i => $"{i}"))
        { Waves = new int[n] };
        var independence = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Independence));
        foreach (var structure in new[]
        {
            WorkingCorrelation.Exchangeable,
            WorkingCorrelation.Ar1,
            WorkingCorrelation.Unstructured,
            WorkingCorrelation.Toeplitz,
        })
        {
            var fit = GeeFitter.Fit(frame, sample.Options(structure));
            Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
            Assert.Contains(fit.Warnings, warning => warning.Contains("Every cluster has one row", StringComparison.Ordinal));
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(independence.Coefficients[j], fit.Coefficients[j], 1e-9);
            }
        }
    }

    [Fact]
    public void More_coefficients_than_clusters_warns_that_the_robust_variance_is_singular()
    {
        var sample = ClusteredSample.Create(4, Family.Gaussian);
        var n = sample.Frame.Rows;
        var frame = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), new Clusters("id", [0, n / 2, n], i => $"{i}"));
        var fit = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Exchangeable));
        Assert.Contains(
            GeeInference.Of(fit).Warnings,
            warning => warning.Contains("2 clusters and 3 coefficients", StringComparison.Ordinal));
        Assert.All(GeeInference.Of(fit, GeeVariance.Jackknife).StandardErrors(), error => Assert.True(double.IsNaN(error)));
    }

    [Fact]
    public void Rows_of_weight_zero_are_as_if_left_out()
    {
        var sample = ClusteredSample.Create(8, Family.Poisson);
        var last = sample.Frame.Clusters.Count - 1;
        var weights = new double[sample.Frame.Rows];
        Array.Fill(weights, 1);
        weights.AsSpan(sample.Frame.Clusters.Start(last)).Clear();
        var weighted = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), sample.Frame.Clusters)
        {
            Weights = weights,
            Waves = sample.Frame.Waves,
        };
        foreach (var convention in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var zero = GeeFitter.Fit(weighted, sample.Options(WorkingCorrelation.Exchangeable, convention));
            var without = GeeFitter.Fit(
                FrameSubset.WithoutCluster(sample.Frame, last),
                sample.Options(WorkingCorrelation.Exchangeable, convention));
            Assert.Equal(without.Correlation.Alpha[0], zero.Correlation.Alpha[0], 1e-9);
            Assert.Equal(without.Scale, zero.Scale, 1e-9);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(without.Coefficients[j], zero.Coefficients[j], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e308)]
    public void An_offset_that_overflows_ends_with_a_status_and_without_estimates(double magnitude)
    {
        var sample = ClusteredSample.Create(8, Family.Poisson);
        var offset = new double[sample.Frame.Rows];
        offset[3] = magnitude;
        var frame = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), sample.Frame.Clusters)
        {
            Offset = offset,
            Waves = sample.Frame.Waves,
        };
        var fit = GeeFitter.Fit(frame, sample.Options(WorkingCorrelation.Exchangeable));
        Assert.Equal(ConvergenceStatus.NotFinite, fit.Convergence.Status);
        Assert.Equal([fit.Convergence.Message], fit.Warnings);
        Assert.Contains(
            $"in cluster {frame.Clusters.Label(Enumerable.Range(0, frame.Clusters.Count).Last(i => frame.Clusters.Start(i) <= 3))}",
            fit.Warnings[0],
            StringComparison.Ordinal);
        Assert.All(fit.Coefficients.ToArray(), value => Assert.Equal(double.NaN, value));
        Assert.Equal(double.NaN, fit.Scale);
    }

    [Fact]
    public void Rows_of_weight_zero_in_a_file_are_left_out_and_counted_nowhere()
    {
        const string Header = "id,x,y,w\n";
        string[] rows =
            ["1,1,3,1", "1,2,4,0.5", "1,4,2,0", "2,1,0,2", "2,3,6,1", "3,0,2,0", "3,2,2,0", "4,1,1,1", "4,3,7,1", "5,0,2,1", "5,4,9,1"];
        var all = Read(Header + string.Join('\n', rows));
        var kept = Read(Header + string.Join('\n', rows.Where(row => !row.EndsWith(",0", StringComparison.Ordinal))));
        Assert.Contains("3 rows of weight 0 were left out.", all.Notes);
        Assert.Equal((8, 4, 0), (all.Rows, all.Clusters.Count, all.Dropped));
        var one = GeeFitter.Fit(all, new GeeOptions { Family = Family.Poisson, Threads = 1 });
        var other = GeeFitter.Fit(kept, new GeeOptions { Family = Family.Poisson, Threads = 1 });
        Assert.Equal(other.Coefficients.ToArray(), one.Coefficients.ToArray());
        Assert.Equal(
            GeeInference.Of(other, GeeVariance.Morel).Covariance.ToArray(),
            GeeInference.Of(one, GeeVariance.Morel).Covariance.ToArray());

        static ModelFrame Read(string text)
        {
            var path = Path.GetTempFileName();
            File.WriteAllText(path, text + "\n");
            var data = DatasetReader.Read(path, new DatasetReaderOptions());
            File.Delete(path);
            return ModelFrameBuilder.Build(
                data,
                new FrameRequest { Formula = FormulaParser.Parse("y ~ x"), Cluster = "id", Weights = "w" });
        }
    }

    [Fact]
    public void Counts_that_are_not_whole_are_fitted_with_a_warning()
    {
        var sample = ClusteredSample.Create(8, Family.Poisson);
        var halves = sample.Frame.WithResponse([.. sample.Frame.Response.ToArray().Select((y, row) => row < 3 ? y + 0.5 : y)]);
        Assert.Contains(
            GeeFitter.Fit(halves, sample.Options(WorkingCorrelation.Exchangeable)).Warnings,
            warning => warning.StartsWith("3 counts are not whole numbers", StringComparison.Ordinal));
        Assert.DoesNotContain(
            GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable)).Warnings,
            warning => warning.Contains("whole", StringComparison.Ordinal));
        Assert.DoesNotContain(GeeFitter.Fit(halves, sample.Options(WorkingCorrelation.Exchangeable) with
        {
            Family = Family.Gamma,
            Link = Link.Identity,
            FixedScale = 1,
        }).Warnings, warning => warning.Contains("whole", StringComparison.Ordinal));
    }

    [Fact]
    public void Proportions_without_their_trials_are_fitted_with_a_warning()
    {
        double[] proportions = [0.5, 1, 0.25, 0, 0.75, 0.5, 0, 1];
        var frame = Frame(proportions, [1, 2, 3, 1, 2, 3, 1, 2], 2);
        Assert.Contains(
            GeeFitter.Fit(frame, Binomial).Warnings,
            warning => warning.StartsWith("4 numbers of events", StringComparison.Ordinal));
        foreach (var asWeights in new[] { false, true })
        {
            double[] trials = [.. proportions.Select(_ => 4.0)];
            var whole = new ModelFrame(frame.Design, proportions, frame.Clusters)
            {
                Trials = asWeights ? [] : trials,
                Weights = asWeights ? trials : [],
            };
            Assert.DoesNotContain(GeeFitter.Fit(whole, Binomial).Warnings, warning => warning.Contains("whole", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Too_few_pairs_for_the_divisor_is_said_in_words()
    {
        // Two pairs, two coefficients: the divisor N - p of Liang and Zeger is 0.
        var fit = GeeFitter.Fit(Frame([0, 1, 1, 1, 0, 0], [1, 2, 3, 1, 5, 2], 2, single: 2), Binomial);
        Assert.Equal(ConvergenceStatus.NotFinite, fit.Convergence.Status);
        Assert.Contains("no more pairs than the model has coefficients (2)", fit.Convergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lags_that_do_not_occur_have_no_parameter()
    {
        var sample = ClusteredSample.Create(8, Family.Gaussian);
        var all = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Toeplitz));
        var cut = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.MDependent(50)));
        Assert.Equal(all.Correlation.Alpha.ToArray(), cut.Correlation.Alpha.ToArray());
        Assert.Contains(
            cut.Warnings,
            warning => warning.StartsWith("No two rows of a cluster are more than 4 waves apart", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wave_twice_in_a_cluster_is_refused_where_waves_matter()
    {
        var frame = new ModelFrame(
            new DesignMatrix(4, ["(Intercept)"], [1, 1, 1, 1], ["(Intercept)"]),
            [0, 1, 1, 0],
            new Clusters("id", [0, 2, 4], i => $"c{i + 1}"))
        {
            Waves = [0, 1, 1, 1],
        };
        var exception =
            Assert.Throws<ArgumentException>(() => GeeFitter.Fit(frame, Binomial with { Correlation = WorkingCorrelation.Ar1 }));
        Assert.Contains("cluster c2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Autocorrelation_by_transform_matches_the_sum()
    {
        var random = new Sequence(2);
        double[] series = [.. Enumerable.Range(0, 3000).Select(_ => random.Normal())];
        var sums = new double[2500];
        Autocorrelation.Add(series, sums);
        foreach (var lag in new[] { 1, 2, 17, 2500 })
        {
            Assert.Equal(Enumerable.Range(lag, 3000 - lag).Sum(j => series[j] * series[j - lag]), sums[lag - 1], 1e-9);
        }
    }

    [Fact]
    public void A_structure_that_needs_a_matrix_refuses_a_huge_cluster_with_a_hint()
    {
        var frame = LongSeries(12_000);
        foreach (var structure in new[]
        {
            WorkingCorrelation.Toeplitz,
            WorkingCorrelation.Unstructured,
            WorkingCorrelation.MDependent(9000),
        })
        {
            var exception = Assert.Throws<InputException>(() => GeeFitter.Fit(
                frame,
                new GeeOptions { Family = Family.Gaussian, Correlation = structure }));
            Assert.Contains("exchangeable", exception.Hint, StringComparison.Ordinal);
        }
    }

    private static GeeOptions Binomial => new() { Family = Family.Binomial, Threads = 1 };

    // Clusters of the given size, then single rows.
    private static ModelFrame Frame(double[] y, double[] x, int size, int single = 0)
    {
        var paired = (y.Length - single) / size;
        int[] offsets =
            [.. Enumerable.Range(0, paired + 1).Select(i => i * size), .. Enumerable.Range(1, single).Select(i => (paired * size) + i)];
        return new ModelFrame(
            new DesignMatrix(y.Length, ["(Intercept)", "x"], [.. Enumerable.Repeat(1.0, y.Length), .. x], ["(Intercept)", "x"]),
            y,
            new Clusters("id", offsets, i => $"{i}"));
    }

    // One cluster, an autoregression with correlation 0.6 between neighbours.
    private static ModelFrame LongSeries(int rows)
    {
        var random = new Sequence(1);
        var x = new double[2 * rows];
        var y = new double[rows];
        var state = 0.0;
        for (var row = 0; row < rows; row++)
        {
            x[row] = 1;
            x[rows + row] = random.Normal();
            state = (0.6 * state) + (0.8 * random.Normal());
            y[row] = 1 + (0.5 * x[rows + row]) + state;
        }

        return new ModelFrame(
            new DesignMatrix(rows, ["(Intercept)", "x"], x, ["(Intercept)", "x"]),
            y,
            new Clusters("id", [0, rows], _ => "all"))
        {
            Waves = [.. Enumerable.Range(0, rows)],
        };
    }
}

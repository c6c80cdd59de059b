using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>One cluster of 200,000 rows, in memory proportional to its rows.</summary>
public class LargeClusterTests
{
    private const int Rows = 200_000;

    // An autoregression with correlation 0.6 between neighbours.
    private static readonly Lazy<ModelFrame> Series = new(() => Frame(
        random =>
        {
            var state = 0.0;
            return _ => state = (0.6 * state) + (0.8 * random.Normal());
        },
        []));

    [Fact]
    public void Independence_needs_no_more() => Check(Series.Value, WorkingCorrelation.Independence);

    [Fact]
    public void Exchangeable_correlation_has_a_closed_form() => Check(Series.Value, WorkingCorrelation.Exchangeable);

    [Fact]
    public void Autoregression_is_found_again() =>
        Assert.Equal(0.6, Check(Series.Value, WorkingCorrelation.Ar1).Correlation.Alpha[0], 0.01);

    [Fact]
    public void Decay_is_found_again() => Assert.Equal(0.6, Check(Series.Value, WorkingCorrelation.Decay).Correlation.Alpha[0], 0.01);

    [Fact]
    public void Moving_average_is_found_again_by_m_dependence()
    {
        // A moving average of order 3 and its correlations.
        double[] weights = [1, 0.5, 0.3, 0.2];
        var frame = Frame(
            random =>
            {
                double[] last = [random.Normal(), random.Normal(), random.Normal()];
                return _ =>
                {
                    var next = random.Normal();
                    var sum = (weights[0] * next) + (weights[1] * last[2]) + (weights[2] * last[1]) + (weights[3] * last[0]);
                    last = [last[1], last[2], next];
                    return sum;
                };
            },
            []);
        var fit = Check(frame, WorkingCorrelation.MDependent(3), bytesPerRow: 400);
        for (var lag = 1; lag <= 3; lag++)
        {
            var expected = Enumerable.Range(lag, 4 - lag).Sum(j => weights[j] * weights[j - lag]) / weights.Sum(weight => weight * weight);
            Assert.Equal(expected, fit.Correlation.Alpha[lag - 1], 0.01);
        }
    }

    [Fact]
    public void Nested_subclusters_of_unequal_sizes_have_a_closed_form()
    {
        // 20,000 subclusters of 5 to 15 rows; a constant that the model leaves out correlates all.
        double[] groups = [.. Enumerable.Range(0, Rows).Select(row => Math.Floor(row / 20.0) + (row % 20 < 5 + (row / 20 % 10) ? 0 : 0.5))];
        var frame = Frame(random => Effects(random, groups, 0.6), [new NumericColumn("group", groups)], intercept: false);
        var fit = Check(frame, WorkingCorrelation.Nested("group"), bytesPerRow: 1000);
        Assert.Equal(1.36 / 2, fit.Correlation.Alpha[0], 0.03);
        Assert.Equal(1.0 / 2, fit.Correlation.Alpha[1], 0.03);
    }

    [Fact]
    public void Complete_periods_have_a_closed_form()
    {
        // 40,000 individuals seen in 5 periods.
        double[] individuals = [.. Enumerable.Range(0, Rows).Select(row => Math.Floor(row / 5.0))];
        var frame = Frame(random => Effects(random, individuals, 0.6), [new NumericColumn("individual", individuals)], row => row % 5);
        var fit = Check(frame, WorkingCorrelation.BlockExchangeable("individual"), bytesPerRow: 1000);
        Assert.Equal(0.36, fit.Correlation.Alpha[2], 0.03);
    }

    [Fact]
    public void Missing_periods_are_eliminated()
    {
        // 50,000 individuals seen in 3, 4 or 5 of 6 periods; the model leaves out a constant and effects of the periods.
        int[] sizes = [3, 4, 5];
        var (individuals, waves) = (new double[Rows], new int[Rows]);
        for (int row = 0, individual = 0; row < Rows; individual++)
        {
            for (var seen = 0; seen < sizes[individual % 3] && row < Rows; seen++, row++)
            {
                (individuals[row], waves[row]) = (individual, seen + (individual % 2));
            }
        }

        var frame = Frame(
            random =>
            {
                var effects = Effects(random, individuals, 0.6);
                return row => effects(row) + (waves[row] % 2 == 0 ? 0.3 : -0.3);
            },
            [new NumericColumn("individual", individuals)],
            row => waves[row],
            intercept: false);
        var fit = Check(frame, WorkingCorrelation.BlockExchangeable("individual"), bytesPerRow: 1000);
        Assert.InRange(fit.Correlation.Alpha[2], fit.Correlation.Alpha[0], 0.8);
        Assert.InRange(fit.Correlation.Alpha[0], fit.Correlation.Alpha[1] + 0.01, 0.6);
    }

    [Fact]
    public void Least_squares_over_all_pairs_of_a_series_needs_no_list_of_them()
    {
        // There are 2e10 products; they come from a Fourier transform.
        var fit = GeeFitter.Fit(Series.Value, GeeOptionsFor(WorkingCorrelation.Ar1) with { Moments = MomentConvention.Geepack });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.InRange(fit.Correlation.Alpha[0], 0.59, 0.61);
    }

    private static GeeFit Check(ModelFrame frame, WorkingCorrelation structure, int bytesPerRow = 300)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fit = GeeFitter.Fit(frame, GeeOptionsFor(structure));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)bytesPerRow * Rows);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.InRange(fit.Coefficients[1], 0.48, 0.52);
        return fit;
    }

    private static GeeOptions GeeOptionsFor(WorkingCorrelation structure) =>
        new() { Family = Family.Gaussian, Correlation = structure, Threads = 1 };

    private static Func<int, double> Effects(Sequence random, double[] groups, double size)
    {
        var effects = new Dictionary<double, double>();
        return row =>
        {
            if (!effects.TryGetValue(groups[row], out var effect))
            {
                effect = random.Normal();
                effects.Add(groups[row], effect);
            }

            return (size * effect) + (Math.Sqrt(1 - (size * size)) * random.Normal());
        };
    }

    private static ModelFrame Frame(
        Func<Sequence, Func<int, double>> errors,
        Column[] columns,
        Func<int, int>? wave = null,
        bool intercept = true)
    {
        var random = new Sequence(1);
        var error = errors(random);
        var x = new double[2 * Rows];
        var y = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            x[row] = intercept ? 1 : random.Normal();
            x[Rows + row] = random.Normal();
            y[row] = 1 + (0.5 * x[Rows + row]) + error(row);
        }

        int[] waves = [.. Enumerable.Range(0, Rows).Select(wave ?? (row => row))];
        return new ModelFrame(new DesignMatrix(Rows, ["z", "x"], x, ["z", "x"]), y, new Clusters("id", [0, Rows], _ => "all"))
        {
            Waves = waves,
            WaveValues = [.. waves.Select(value => (double)value)],
            AuxiliaryColumns = columns,
        };
    }
}

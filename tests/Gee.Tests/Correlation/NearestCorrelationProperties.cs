using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>
/// What a structure accepts is what has positive eigenvalues as an n×n matrix, and is whitened as its dense inverse says; what it does not
/// is repaired to the nearest admissible correlation: no random point, far or close, is nearer.
/// </summary>
public class NearestCorrelationProperties
{
    private static readonly GeeTolerances Tolerances = new();

    [Fact]
    public void Nested_with_unequal_subclusters_is_repaired_to_the_nearest() =>
        Check(WorkingCorrelation.Nested("group"), 2, (frame, j, k) => Group(frame, j) == Group(frame, k) ? 0 : 1);

    [Fact]
    public void Block_exchangeable_with_missing_periods_is_repaired_to_the_nearest() =>
        Check(
            WorkingCorrelation.BlockExchangeable("group"),
            3,
            (frame, j, k) => Group(frame, j) == Group(frame, k) ? 2 : frame.Waves[j] == frame.Waves[k] ? 0 : 1,
            periods: true);

    [Fact]
    public void Block_exchangeable_with_complete_periods_is_repaired_to_the_nearest() =>
        Check(
            WorkingCorrelation.BlockExchangeable("group"),
            3,
            (frame, j, k) => Group(frame, j) == Group(frame, k) ? 2 : frame.Waves[j] == frame.Waves[k] ? 0 : 1,
            periods: true,
            complete: true);

    [Fact]
    public void Two_dependent_is_repaired_to_the_nearest() =>
        Check(
            WorkingCorrelation.MDependent(2),
            2,
            (frame, j, k) => Math.Abs(frame.Waves[j] - frame.Waves[k]) is var lag && lag <= 2 ? lag - 1 : -1,
            series: 6);

    [Fact]
    public void Toeplitz_is_repaired_to_the_nearest() =>
        Check(WorkingCorrelation.Toeplitz, 3, (frame, j, k) => Math.Abs(frame.Waves[j] - frame.Waves[k]) - 1, series: 4);

    [Fact]
    public void Unstructured_is_repaired_to_the_nearest() =>
        Check(WorkingCorrelation.Unstructured, 3, (frame, j, k) => frame.Waves[j] + frame.Waves[k] - 1, series: 3);

    [Fact]
    public void Exchangeable_is_repaired_to_the_nearest() =>
        Check(WorkingCorrelation.Exchangeable, 1, (frame, j, k) => 0, series: 5);

    [Fact]
    public void Toeplitz_of_twenty_waves_meets_the_conditions_of_a_projection()
    {
        // The projection onto a convex set is known by its angle to every point of the set.
        var kernel =
            WorkingCorrelation.Toeplitz.CreateKernel(new CorrelationInput(Series(20), [], MomentConvention.LiangZeger, Tolerances));
        var random = new Sequence(1);
        double[] target = [.. Enumerable.Range(1, 19).Select(lag => (0.9 / lag) - (0.8 * random.Uniform()))];
        target.CopyTo(kernel.Alpha, 0);
        Assert.NotNull(kernel.Prepare());
        kernel.Repair();
        double[] nearest = [.. kernel.Alpha];
        Assert.Null(kernel.Prepare());
        for (var trial = 0; trial < 200; trial++)
        {
            // A feasible point: autocorrelations of a random moving average, with the margin.
            double[] weights = [.. Enumerable.Range(0, 20).Select(_ => random.Normal())];
            var power = weights.Sum(weight => weight * weight);
            var angle = 0.0;
            for (var lag = 1; lag < 20; lag++)
            {
                var feasible =
                    (1 - Tolerances.RepairMargin) * Enumerable.Range(lag, 20 - lag).Sum(j => weights[j] * weights[j - lag]) / power;
                angle += (20 - lag) * (target[lag - 1] - nearest[lag - 1]) * (feasible - nearest[lag - 1]);
            }

            Assert.InRange(angle, double.NegativeInfinity, 1e-4);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(60)]
    public void Smallest_eigenvalue_of_a_band_is_that_of_the_matrix(int n)
    {
        var random = new Sequence(n);
        foreach (var w in new[] { 1, n / 2, n - 1 })
        {
            var band = new double[n * (w + 1)];
            var full = new double[n * n];
            for (var j = 0; j < n; j++)
            {
                for (var k = Math.Max(0, j - w); k <= j; k++)
                {
                    var value = j == k ? 1 : (2 * random.Uniform()) - 1;
                    band[(j * (w + 1)) + k - j + w] = value;
                    (full[(j * n) + k], full[(k * n) + j]) = (value, value);
                }
            }

            var values = new double[n];
            SymmetricEigen.Decompose([.. full], n, values, new double[n * n]);
            var vector = new double[n];
            Assert.Equal(values[0], SmallestEigenpair.Find(new BandedMatrix(band, n, w), vector), 2e-9);
            Assert.Equal(1, vector.Sum(value => value * value), 1e-12);
        }
    }

    [Theory]
    [InlineData(0.3, 0.2, 0.5)]
    [InlineData(0.1, 0.3, 0.2)]
    [InlineData(0.2, -0.05, 0.6)]
    public void Block_factor_finds_the_smallest_eigenvalue_of_the_matrix(double a, double b, double c)
    {
        // 30 individuals, each missing some of four periods; the last one was seen once.
        var random = new Sequence(7);
        var (waves, groups) = (new List<int>(), new List<double>());
        for (var period = 0; period < 4; period++)
        {
            for (var individual = 0; individual < 30; individual++)
            {
                if (individual == 29 ? period == 2 : period == individual % 4 || random.Uniform() < 0.6)
                {
                    waves.Add(period);
                    groups.Add(individual);
                }
            }
        }

        var n = waves.Count;
        var frame = Frame([0, n], [.. waves], [.. groups]);
        var layout = new BlockLayout(
            new CorrelationInput(frame, [], MomentConvention.Geepack, Tolerances),
            SubclusterCodes.Within(frame, "group"));
        var factor = new BlockFactor(layout, 0, 0, n, [a, b, c], Tolerances.PositiveDefinite, new double[BlockFactor.Scratch(4)]);
        var full = BandedMatrix.Full(n, (j, k) => j == k ? 1 : layout.Correlation([a, b, c], j, k));
        var (one, other) = (new double[n], new double[n]);
        Assert.Equal(SmallestEigenpair.Find(full, one), SmallestEigenpair.Find(factor, other), 5e-9);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => random.Normal())];
        full.Multiply(x, one);
        factor.Multiply(x, other);
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(full.TryShift(0), factor.TryShift(0));
        if (factor.TryShift(0))
        {
            // |Wx|² = xᵀR⁻¹x.
            double[] whitened = [.. x];
            factor.Whiten(whitened);
            x.CopyTo(one, 0);
            full.Solve(one);
            Assert.Equal(Dense.Dot(x, one), Dense.Dot(whitened, whitened), 1e-9 * Dense.Dot(x, one));
            x.CopyTo(other, 0);
            factor.Solve(other);
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    private static double Group(ModelFrame frame, int row) => ((NumericColumn)frame.Auxiliary("group")).Values[row];

    private static void Check(
        WorkingCorrelation structure,
        int parameters,
        Func<ModelFrame, int, int, int> kindOf,
        bool periods = false,
        bool complete = false,
        int series = 0)
    {
        var violations = 0;
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new Sequence(seed);
                var frame = series > 0 ? Series(series) : Clusters(random, periods, complete);
                var kernel = structure.CreateKernel(new CorrelationInput(frame, [], MomentConvention.Geepack, Tolerances));
                var target = new double[parameters];
                foreach (ref var value in target.AsSpan())
                {
                    value = (2.4 * random.Uniform()) - 1.2;
                }

                target.CopyTo(kernel.Alpha, 0);
                var admissible = kernel.Prepare() is null;
                var smallest = Smallest(frame, target, kindOf);
                Assert.True(
                    admissible == smallest > 0 || Math.Abs(smallest) < 1e-5,
                    $"({string.Join(", ", target)}): {kernel.Prepare()}, but {smallest}");
                if (admissible)
                {
                    CheckWhitening(frame, kernel, target, kindOf, random);
                    return;
                }

                violations++;
                kernel.Repair();
                double[] nearest = [.. kernel.Alpha];
                Assert.Null(kernel.Prepare());
                var counts = Counts(frame, parameters, kindOf);
                Assert.InRange(Smallest(frame, nearest, kindOf), Tolerances.RepairMargin - 1e-7, 2);
                var best = Distance(nearest, target, counts);
                for (var trial = 0; trial < 200; trial++)
                {
                    // Points around the solution, ever closer, and anywhere.
                    var radius = trial < 100 ? 1.2 : Math.Pow(0.95, trial - 100);
                    double[] other = [.. nearest.Select(value => (trial < 100 ? 0 : value) + (radius * ((2 * random.Uniform()) - 1)))];
                    if (Distance(other, target, counts) < best - 1e-4 && Smallest(frame, other, kindOf) > Tolerances.RepairMargin)
                    {
                        Assert.Fail($"({string.Join(", ", other)}) is nearer to ({string.Join(", ", target)}) than "
                            + $"({string.Join(", ", nearest)}): {Distance(other, target, counts):R} < {best:R}.");
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        Assert.InRange(violations, 10, 200);
    }

    // (W x)ᵀ(W x) = xᵀR⁻¹x in every cluster.
    private static void CheckWhitening(
        ModelFrame frame,
        CorrelationKernel kernel,
        double[] alpha,
        Func<ModelFrame, int, int, int> kindOf,
        Sequence random)
    {
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            var (start, n) = (frame.Clusters.Start(i), frame.Clusters.Size(i));
            double[] x = [.. Enumerable.Range(0, n).Select(_ => random.Normal())];
            var factor = Matrix(frame, i, alpha, kindOf);
            Assert.True(Cholesky.TryFactor(factor, n, out _));
            double[] solved = [.. x];
            Cholesky.Solve(factor, n, solved);
            var column = new double[frame.Rows];
            x.CopyTo(column, start);
            kernel.Whiten(0, frame.Clusters.Count, column);
            var expected = Dense.Dot(x, solved);
            Assert.Equal(1, column.Sum(value => value * value) / expected, 1e-6);
        }
    }

    private static double Distance(double[] point, double[] target, double[] counts) =>
        Math.Sqrt(point
            .Zip(target, (one, other) => (one - other) * (one - other))
            .Zip(counts, (square, count) => 2 * count * square)
            .Sum());

    private static double[] Counts(ModelFrame frame, int parameters, Func<ModelFrame, int, int, int> kindOf)
    {
        var counts = new double[parameters];
        PairDesign.ForEach(frame, (j, k) =>
        {
            if (kindOf(frame, j, k) is var kind && kind >= 0)
            {
                counts[kind]++;
            }
        });
        return counts;
    }

    private static double Smallest(ModelFrame frame, double[] alpha, Func<ModelFrame, int, int, int> kindOf)
    {
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            var n = frame.Clusters.Size(i);
            var matrix = Matrix(frame, i, alpha, kindOf);
            var values = new double[n];
            SymmetricEigen.Decompose(matrix, n, values, new double[n * n]);
            smallest = Math.Min(smallest, values[0]);
        }

        return smallest;
    }

    private static double[] Matrix(ModelFrame frame, int cluster, double[] alpha, Func<ModelFrame, int, int, int> kindOf)
    {
        var (start, n) = (frame.Clusters.Start(cluster), frame.Clusters.Size(cluster));
        var matrix = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < n; k++)
            {
                matrix[(j * n) + k] = j == k ? 1
                    : kindOf(frame, start + Math.Min(j, k), start + Math.Max(j, k)) is var kind && kind >= 0 ? alpha[kind]
                    : 0;
            }
        }

        return matrix;
    }

    private static ModelFrame Series(int waves) => Frame([0, waves], [.. Enumerable.Range(0, waves)], new double[waves]);

    private static ModelFrame Clusters(Sequence random, bool periods, bool complete)
    {
        var (offsets, waves, groups) = (new List<int> { 0 }, new List<int>(), new List<double>());
        for (var i = 0; i < 4; i++)
        {
            var members = 2 + (int)(2 * random.Uniform());
            for (var member = 0; member < members; member++)
            {
                var rows = complete ? 3 : 1 + (int)(3 * random.Uniform());
                for (var row = 0; row < rows; row++)
                {
                    waves.Add(periods ? row : waves.Count);
                    groups.Add(member);
                }
            }

            offsets.Add(waves.Count);
        }

        return Frame([.. offsets], [.. waves], [.. groups]);
    }

    private static ModelFrame Frame(int[] offsets, int[] waves, double[] groups) =>
        new(
            new DesignMatrix(waves.Length, ["(Intercept)"], [.. waves.Select(_ => 1.0)], ["(Intercept)"]),
            new double[waves.Length],
            new Clusters("id", offsets, i => $"c{i}"))
        {
            Waves = waves,
            AuxiliaryColumns = [new NumericColumn("group", groups)],
        };
}

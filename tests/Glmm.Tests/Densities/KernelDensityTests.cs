using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Densities;

/// <summary>
/// Every loop of <see cref="KernelDensity{TKernel}"/> over rows, lanes and nodes gives, for every family and
/// link, what the family's density gives one number at a time, and the derivatives its differences give.
/// </summary>
public sealed class KernelDensityTests
{
    private const double Dispersion = 0.7;
    private const int Vectors = 5;
    private static readonly int Lanes = Vector256<double>.Count;

    public static TheoryData<string, string> Models => new()
    {
        { "binomial", "logit" }, { "binomial", "probit" }, { "binomial", "cloglog" },
        { "poisson", "log" }, { "poisson", "sqrt" }, { "poisson", "identity" },
        { "negative-binomial(2)", "log" }, { "negative-binomial(2)", "sqrt" }, { "negative-binomial(2)", "identity" },
        { "gamma", "log" }, { "gamma", "inverse" }, { "gamma", "identity" },
        { "inverse-gaussian", "log" }, { "inverse-gaussian", "inverse" }, { "inverse-gaussian", "identity" },
        { "gaussian", "identity" }, { "gaussian", "log" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_have_their_weighted_densities_and_derivatives(string family, string link)
    {
        var sample = new Sample(family, link);
        var (first, second, third) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        var sum = sample.Density.AlongRows(sample.Response, sample.Weight, Dispersion, sample.Eta, first, second, third);
        Close(Enumerable.Range(0, Vectors * Lanes).Sum(i => sample.WeightOf(i) * sample.Log(i)), sum, 1e-11);
        for (var i = 0; i < Vectors * Lanes; i++)
        {
            var (one, two, three) = sample.Slopes(i);
            Close(sample.WeightOf(i) * one, first[i / Lanes][i % Lanes], 1e-7);
            Close(sample.WeightOf(i) * two, second[i / Lanes][i % Lanes], 1e-6);
            Close(sample.WeightOf(i) * three, third[i / Lanes][i % Lanes], 1e-4);
        }

        // Without the third derivatives a kernel may take another way, to the same numbers but for rounding.
        var (slopes, bends) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        Close(sum, sample.Density.AlongRows(sample.Response, sample.Weight, Dispersion, sample.Eta, slopes, bends), 1e-13);
        Close(first, slopes, 1e-13);
        Close(second, bends, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Lanes_have_their_own_sums(string family, string link)
    {
        var sample = new Sample(family, link);
        var (first, second, third) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        var (slopes, bends) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        sample.Density.AlongRows(sample.Response, sample.Weight, Dispersion, sample.Eta, first, second, third);
        var sums = sample.Density.AlongLanes(sample.Response, sample.Weight, Dispersion, sample.Eta, slopes, bends);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var own = Enumerable.Range(0, Vectors).Select(i => (i * Lanes) + lane);
            Close(own.Sum(i => sample.WeightOf(i) * sample.Log(i)), sums[lane], 1e-11);
        }

        Close(first, slopes, 1e-13);
        Close(second, bends, 1e-13);
        var twists = new Vector256<double>[Vectors];
        var again = sample.Density.AlongLanes(sample.Response, sample.Weight, Dispersion, sample.Eta, slopes, bends, twists);
        Close([sums], [again], 1e-13);
        Close(first, slopes, 1e-13);
        Close(second, bends, 1e-13);
        Close(third, twists, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Nodes_are_added_to_what_stands_there(string family, string link)
    {
        // One row a lane, with the predictors as nodes.
        var sample = new Sample(family, link, oneRow: true);
        var (response, weight) = (sample.Response[0], sample.Weight[0]);
        var (log, first) = (Enumerable.Repeat(Vector256.Create(2.0), Vectors).ToArray(), new Vector256<double>[Vectors]);
        var (again, slopes, bends) = ((Vector256<double>[])log.Clone(), new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        sample.Density.AlongNodes(response, weight, Dispersion, sample.Eta, log, first);
        sample.Density.AlongNodes(response, weight, Dispersion, sample.Eta, again, slopes, bends);
        var dispersed = Enumerable.Repeat(Vector256.Create(3.0), Vectors).ToArray();
        sample.Density.DispersionAlongNodes(response, weight, Dispersion, sample.Eta, dispersed);
        for (var i = 0; i < Vectors * Lanes; i++)
        {
            var (one, two, _) = sample.Slopes(i);
            Close(2 + (sample.WeightOf(i) * sample.Log(i)), log[i / Lanes][i % Lanes], 1e-11);
            Close(sample.WeightOf(i) * one, first[i / Lanes][i % Lanes], 1e-7);
            Close(sample.WeightOf(i) * two, bends[i / Lanes][i % Lanes], 1e-6);
            Close(3 + (sample.WeightOf(i) * sample.DispersionSlopes(i).Log), dispersed[i / Lanes][i % Lanes], 1e-7);
        }

        Close(log, again, 1e-13);
        Close(first, slopes, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Derivatives_in_the_logarithm_of_the_dispersion_are_differences(string family, string link)
    {
        var sample = new Sample(family, link);
        var (log, first, second) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        sample.Density.DispersionAlongRows(sample.Response, sample.Weight, Dispersion, sample.Eta, log, first, second);
        for (var i = 0; i < Vectors * Lanes; i++)
        {
            var (value, slope, bend) = sample.DispersionSlopes(i);
            Close(sample.WeightOf(i) * value, log[i / Lanes][i % Lanes], 1e-7);
            Close(sample.WeightOf(i) * slope, first[i / Lanes][i % Lanes], 1e-6);
            Close(sample.WeightOf(i) * bend, second[i / Lanes][i % Lanes], 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_constant_changes_by_its_slope_alone(string family, string link)
    {
        var sample = new Sample(family, link);
        for (var i = 0; i < Lanes; i++)
        {
            var y = sample.Response[0][i];
            sample.Density.Constant(y, Dispersion, out var slope);
            Close(Derivative(step => sample.Density.Constant(y, Dispersion * Math.Exp(step), out _)), slope, 1e-8);
        }
    }

    private static double Derivative(Func<double, double> function, double h = 1e-3) =>
        ((8 * (function(h) - function(-h))) - (function(2 * h) - function(-2 * h))) / (12 * h);

    private static void Close(ReadOnlySpan<Vector256<double>> expected, ReadOnlySpan<Vector256<double>> actual, double tolerance)
    {
        for (var i = 0; i < expected.Length * Lanes; i++)
        {
            Close(expected[i / Lanes][i % Lanes], actual[i / Lanes][i % Lanes], tolerance);
        }
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{actual:R} is not {expected:R}");

    /// <summary>Random rows of a family and link, in vectors, and their densities one at a time.</summary>
    private sealed class Sample
    {
        private readonly Family family;
        private readonly Link link;

        public Sample(string familyName, string linkName, bool oneRow = false)
        {
            Assert.True(Family.TryParse(familyName, out family!));
            Assert.True(Link.TryParse(linkName, out link!));
            Density = ConditionalDensity.For(family, link, freeDispersion: false);
            Assert.Equal(typeof(KernelDensity<>), Density.GetType().GetGenericTypeDefinition());
            var stream = new RandomStream(17, 0, 0);
            var free = link != Link.Sqrt && link != Link.Inverse && (link != Link.Identity || family == Family.Gaussian);
            Eta = Draw(() => free ? -1.5 + (3 * stream.NextUniform()) : 1.5 + stream.NextUniform());
            Response = Draw(() => familyName switch
            {
                "binomial" => stream.NextUniform() < 0.5 ? 1 : 0,
                "gamma" or "inverse-gaussian" => 0.3 + stream.NextGamma(2),
                "gaussian" => stream.NextNormal(),
                _ => stream.NextPoisson(3),
            });
            Weight = Draw(() => 0.5 + stream.NextUniform());
            for (var i = 1; oneRow && i < Vectors; i++)
            {
                (Response[i], Weight[i]) = (Response[0], Weight[0]);
            }
        }

        public ConditionalDensity Density { get; }

        public Vector256<double>[] Eta { get; }

        public Vector256<double>[] Response { get; }

        public Vector256<double>[] Weight { get; }

        public double WeightOf(int i) => Weight[i / Lanes][i % Lanes];

        /// <summary>ℓ of a row without its constant.</summary>
        public double Log(int i, double step = 0, double dispersion = Dispersion)
        {
            var (eta, y) = (Eta[i / Lanes][i % Lanes] + step, Response[i / Lanes][i % Lanes]);
            var law = family is Family.NegativeBinomialFamily ? Family.NegativeBinomial(1 / dispersion) : family;
            return law.LogDensity(y, link.Mean(eta), 1, family.HasUnitDispersion ? 1 : dispersion)
                + (family == Family.Poisson || family is Family.NegativeBinomialFamily ? SpecialFunctions.GammaLn(y + 1) : 0)
                - Density.Constant(y, dispersion, out _);
        }

        /// <summary>ℓ′, ℓ″ and ℓ‴ by differences of fourth order.</summary>
        public (double First, double Second, double Third) Slopes(int i, double dispersion = Dispersion)
        {
            const double H = 0.01;
            double At(int steps) => Log(i, steps * H, dispersion);
            var two = ((16 * (At(1) + At(-1))) - At(2) - At(-2) - (30 * At(0))) / (12 * H * H);
            var three = ((8 * (At(2) - At(-2))) - (13 * (At(1) - At(-1))) - (At(3) - At(-3))) / (8 * H * H * H);
            return (Derivative(step => Log(i, step, dispersion)), two, three);
        }

        /// <summary>The derivatives of ℓ, ℓ′ and ℓ″ in log φ by differences.</summary>
        public (double Log, double First, double Second) DispersionSlopes(int i)
        {
            double Of(Func<double, double> function) => Derivative(step => function(Dispersion * Math.Exp(step)), 0.02);
            return (
                Of(dispersion => Log(i, 0, dispersion)),
                Of(dispersion => Slopes(i, dispersion).First),
                Of(dispersion => Slopes(i, dispersion).Second));
        }

        private static Vector256<double>[] Draw(Func<double> number)
        {
            var vectors = new Vector256<double>[Vectors];
            foreach (ref var value in MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan()))
            {
                value = number();
            }

            return vectors;
        }
    }
}

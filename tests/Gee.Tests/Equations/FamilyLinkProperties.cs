using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Equations;

/// <summary>Every family with every link against n×n matrices straight from the definitions.</summary>
public class FamilyLinkProperties
{
    private static readonly Family[] Families =
        [Family.Binomial, Family.Gaussian, Family.Poisson, Family.Gamma, Family.InverseGaussian, Family.NegativeBinomial(2)];

    private static readonly Link[] Links = [Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity, Link.Inverse, Link.Sqrt];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var family in Families)
            {
                foreach (var link in Links)
                {
                    pairs.Add(family.Name, link.Name);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Family_and_link_solve_the_dense_equations(string familyName, string linkName)
    {
        var family = Families.Single(candidate => candidate.Name == familyName);
        var link = Links.Single(candidate => candidate.Name == linkName);
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var frame = Frame(seed, family);
                var structure = seed % 2 == 0 ? WorkingCorrelation.Exchangeable : WorkingCorrelation.Ar1;
                var fit = GeeFitter.Fit(frame, new GeeOptions { Family = family, Link = link, Correlation = structure, Threads = 1 });
                Assert.True(fit.Convergence.Converged, $"seed {seed}: {fit.Convergence}");
                new DenseEquations(fit, (j, k) => Correlation(fit, j, k)).AssertSolvedBy(fit);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("sqrt")]
    [InlineData("identity")]
    public void Negative_binomial_with_estimated_dispersion_solves_both_equations(string linkName)
    {
        var link = Links.Single(candidate => candidate.Name == linkName);
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var frame = Frame(seed, Family.NegativeBinomial(2));
                var options = new GeeOptions { Family = Family.Poisson, Link = link, Threads = 1 };
                var (fit, theta, warning) = NegativeBinomialFitter.Fit(frame, options);
                Assert.Null(warning);
                Assert.True(fit.Convergence.Converged, $"seed {seed}: {fit.Convergence}");
                var dense = new DenseEquations(fit, (j, k) => Correlation(fit, j, k));
                dense.AssertSolvedBy(fit);

                // Breslow's moment equation, with the variance written out.
                var sum = 0.0;
                for (var row = 0; row < frame.Rows; row++)
                {
                    var mean = dense.Mean(fit.Coefficients, row);
                    sum += dense.Weight(row) * Math.Pow(frame.Response[row] - mean, 2) / (mean + (mean * mean / theta));
                }

                Assert.Equal(frame.Rows - 3, sum, 1e-5 * frame.Rows);
                Assert.Equal(1, fit.Scale);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    private static double Correlation(GeeFit fit, int j, int k) =>
        fit.Options.Correlation == WorkingCorrelation.Ar1
            ? Math.Pow(fit.Correlation.Alpha[0], Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k]))
            : fit.Correlation.Alpha[0];

    // Means between 0.25 and 0.75, which every link takes; waves with gaps; weights in every third sample.
    private static ModelFrame Frame(int seed, Family family)
    {
        var random = new Sequence(seed);
        var (offsets, waves, x, y, weights) = (new List<int>
        {
            0
        }, new List<int>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < 100; i++)
        {
            var effect = (2 * random.Uniform()) - 1;
            for (var wave = 0; wave < 4; wave++)
            {
                if (random.Uniform() > 0.8 && wave > 0)
                {
                    continue;
                }

                x.Add((2 * random.Uniform()) - 1);
                y.Add(Draw(family, 0.45 + (0.1 * (i % 2)) + (0.1 * x[^1]) + (0.1 * effect), random));
                waves.Add(wave);
                weights.Add(0.5 + random.Uniform());
            }

            offsets.Add(waves.Count);
        }

        double[] arm = [.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat((double)(i % 2), offsets[i + 1] - offsets[i]))];
        string[] names = ["(Intercept)", "arm", "x"];
        return new ModelFrame(
            new DesignMatrix(y.Count, names, [.. Enumerable.Repeat(1.0, y.Count), .. arm, .. x], names),
            [.. y],
            new Clusters("id", [.. offsets], i => $"c{i + 1}"))
        {
            Waves = [.. waves],
            Weights = seed % 3 == 0 ? [.. weights] : [],
        };
    }

    private static double Draw(Family family, double mean, Sequence random)
    {
        if (family == Family.Binomial)
        {
            return random.Uniform() < mean ? 1 : 0;
        }

        if (family == Family.Gaussian)
        {
            return mean + (0.2 * random.Normal());
        }

        if (family == Family.Gamma || family == Family.InverseGaussian)
        {
            return mean * Math.Exp((0.4 * random.Normal()) - 0.08);
        }

        var rate = family == Family.Poisson ? mean : mean * -Math.Log(1 - random.Uniform());
        var (limit, count, product) = (Math.Exp(-rate), 0, random.Uniform());
        for (; product > limit; count++)
        {
            product *= random.Uniform();
        }

        return count;
    }
}

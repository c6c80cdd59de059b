using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Profiling.Tests;

/// <summary>
/// <see cref="OutcomeCorrelation"/> and what follows from it: the design effect of proportions is what outcomes simulated from the fit
/// show, and levels that are not needed change nothing.
/// </summary>
public sealed class OutcomeCorrelationTests
{
    // With the latent correlation the design effects were 90.16 and 11.94.
    [Theory]
    [InlineData("icc-rare-events", "y/n ~ 1 + (1 | id)", 2.28)]
    [InlineData("cbpp", "incidence/size ~ 1 + (1 | herd)", 6.01)]
    public void The_design_effect_of_a_proportion_is_the_one_that_simulated_outcomes_show(string data, string formula, double expected)
    {
        var fit = Fit(Stranger(data, formula));
        var measures = ClusteringMeasures.Of(fit)!;
        Assert.Equal(expected, measures.DesignEffect.Estimate, 0.005);
        Assert.Equal(expected, Simulated(fit, 40_000), 0.05 * expected);
    }

    // Base rates from 0.4 % to a half, standard deviations from 0.3 to 2, groups of unequal size.
    [Theory]
    [InlineData(1, -5.5, 1.5)]
    [InlineData(2, -4, 0.8)]
    [InlineData(3, -2.5, 0.3)]
    [InlineData(4, -1, 1.2)]
    [InlineData(5, 0, 2)]
    public void The_design_effect_follows_base_rate_and_clustering(int seed, double intercept, double sigma)
    {
        var random = new RandomStream(7, 0, (ulong)seed);
        (int Patients, int Events)[] hospitals =
        [
            .. Enumerable.Range(0, 60).Select(i =>
            {
                var patients = 10 + (i % 7 * 15);
                var rate = 1 / (1 + Math.Exp(-(intercept + (sigma * random.NextNormal()))));
                return (patients, (int)random.NextBinomial(patients, rate));
            }),
        ];
        var fit = Fit(Hospitals.Frame(hospitals));
        var measures = ClusteringMeasures.Of(fit)!;
        Assert.Equal(Simulated(fit, 20_000), measures.DesignEffect.Estimate, 0.06 * measures.DesignEffect.Estimate);
        Assert.True(measures.Observed.Estimate < measures.Latent.Estimate);

        // Events out of trials say the same as a row a patient.
        var grouped = Fit(Grouped(hospitals));
        Assert.Equal(measures.DesignEffect.Estimate, ClusteringMeasures.Of(grouped)!.DesignEffect.Estimate, 1e-5);
    }

    [Fact]
    public void A_level_that_is_not_needed_changes_nothing_of_the_other()
    {
        var one = ClusteringMeasures.Of(Fit(Stranger("separation-three-level", "y ~ x + (1 | id)")))!;
        var nested = Fit(Stranger("separation-three-level", "y ~ x + (1 | arm2/id)"));
        Assert.Null(ClusteringMeasures.Of(nested));
        var levels = ClusteringMeasures.ByLevel(nested);
        Assert.Equal(["arm2", "id:arm2"], levels.Select(level => level.Group));
        Assert.Equal(0, levels[0].Latent.Estimate);
        Assert.Equal(0, levels[0].Observed.Estimate);
        Assert.Equal(1, levels[0].DesignEffect.Estimate);
        Assert.Equal(1, levels[0].MedianOddsRatio!.Estimate);
        Assert.Equal(one.Latent.Estimate, levels[1].Latent.Estimate, 1e-5);
        Assert.Equal(one.Observed.Estimate, levels[1].Observed.Estimate, 1e-5);
        Assert.Equal(one.MedianOddsRatio!.Estimate, levels[1].MedianOddsRatio!.Estimate, 1e-4);
        Assert.Equal(one.EffectiveGroupSize, levels[1].EffectiveGroupSize);
        Assert.Equal(one.DesignEffect.Estimate, levels[1].DesignEffect.Estimate, 1e-4);
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("cloglog")]
    [InlineData("probit")]
    public void Levels_have_the_correlations_of_two_rows_that_share_them_and_those_around(string link)
    {
        var fit = Fit(Wards(), link);
        var (outer, inner) = (ClusteringMeasures.ByLevel(fit)[0], ClusteringMeasures.ByLevel(fit)[1]);
        double[] psi = [.. fit.Parameters];
        Assert.True(psi[2] > 0.1 && psi[3] > 0.1);
        var total = (psi[2] * psi[2]) + (psi[3] * psi[3]) + fit.Link.LatentVariance!.Value;
        Assert.Equal(psi[2] * psi[2] / total, outer.Latent.Estimate, 1e-12);
        Assert.Equal(1 - (fit.Link.LatentVariance.Value / total), inner.Latent.Estimate, 1e-12);
        Assert.Equal(Pair(fit, psi, 1), outer.Observed.Estimate, 1e-9);
        Assert.Equal(Pair(fit, psi, 2), inner.Observed.Estimate, 1e-9);
        Assert.Equal(80, outer.EffectiveGroupSize);
        Assert.Equal(8, inner.EffectiveGroupSize);
        Assert.Equal(1 + (79 * outer.Observed.Estimate), outer.DesignEffect.Estimate, 1e-12);
        Assert.Equal(link == "logit", outer.MedianOddsRatio is not null);
        for (var shared = 1; shared <= 2; shared++)
        {
            var slope = new double[4];
            for (var j = 0; j < 4; j++)
            {
                double[] up = [.. psi], down = [.. psi];
                up[j] += 1e-4;
                down[j] -= 1e-4;
                slope[j] = (Pair(fit, up, shared) - Pair(fit, down, shared)) / 2e-4;
            }

            var error = Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));
            Assert.Equal(error, (shared == 1 ? outer : inner).Observed.StandardError, 1e-5);
        }
    }

    /// <summary>The variance of the overall proportion over outcomes drawn from the fit, against that of independent outcomes.</summary>
    private static double Simulated(GlmmFit fit, int replicates)
    {
        var (eta, sigma) = (fit.Coefficients[0], fit.RandomEffects[0].StandardDeviations[0]);
        var groups = fit.Frame.RandomTerms[0];
        var sizes = new double[groups.GroupCount];
        for (var row = 0; row < fit.Frame.Rows; row++)
        {
            sizes[groups.Groups[row]] += fit.Frame.WeightTimesTrials(row);
        }

        var random = new RandomStream(2026, 11, 26);
        double sum = 0, squares = 0, n = sizes.Sum();
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var proportion = sizes.Sum(size =>
                random.NextBinomial(size, 1 / (1 + Math.Exp(-(eta + (sigma * random.NextNormal())))))) / n;
            sum += proportion;
            squares += proportion * proportion;
        }

        var mean = sum / replicates;
        return ((squares / replicates) - (mean * mean)) / (mean * (1 - mean) / n);
    }

    /// <summary>Σ Cov / Σ Var of two rows by midpoint sums over both effects; the first one or both are shared.</summary>
    private static double Pair(GlmmFit fit, double[] psi, int shared)
    {
        const double Step = 0.1;
        double numerator = 0, denominator = 0;
        foreach (var rows in Enumerable.Range(0, fit.Frame.Rows).GroupBy(row => fit.Frame.Design.Column(1)[row]))
        {
            double mean = 0, product = 0;
            for (var z = -8.0; z <= 8; z += Step)
            {
                double inner = 0, square = 0;
                for (var u = -8.0; u <= 8; u += Step)
                {
                    var chance = fit.Link.Mean(psi[0] + (psi[1] * rows.Key) + (psi[2] * z) + (psi[3] * u));
                    inner += Density(u) * chance;
                    square += Density(u) * chance * chance;
                }

                mean += Density(z) * inner;
                product += Density(z) * (shared == 1 ? inner * inner : square);
            }

            numerator += rows.Count() * (product - (mean * mean));
            denominator += rows.Count() * mean * (1 - mean);
        }

        return numerator / denominator;

        static double Density(double z) => Step * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>Ten wards of ten patients with eight rows each and a treatment.</summary>
    private static ModelFrame Wards()
    {
        const int Rows = 800;
        var random = new RandomStream(3, 1, 4);
        int[] wards = [.. Enumerable.Range(0, Rows).Select(row => row / 80)];
        int[] patients = [.. Enumerable.Range(0, Rows).Select(row => row / 8)];
        double[] x = [.. Enumerable.Repeat(1.0, Rows), .. Enumerable.Range(0, Rows).Select(row => (double)(row % 2))];
        double[] ward = [.. Enumerable.Range(0, 10).Select(_ => 0.9 * random.NextNormal())];
        double[] patient = [.. Enumerable.Range(0, 100).Select(_ => 0.8 * random.NextNormal())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(row =>
            random.NextBernoulli(1 / (1 + Math.Exp(1 - (0.5 * (row % 2)) - ward[wards[row]] - patient[patients[row]]))))];
        var ones = x[..Rows];
        return new ModelFrame(
            new DesignMatrix(Rows, ["(Intercept)", "x"], x, ["(Intercept)", "x"]),
            y,
            new Clusters("ward", [.. Enumerable.Range(0, 11).Select(i => 80 * i)], i => $"{i}"))
        {
            RandomTerms =
            [
                new RandomTermDesign("ward", wards, 10, i => $"{i}", ["(Intercept)"], ones, correlated: true),
                new RandomTermDesign("patient:ward", patients, 100, i => $"{i}", ["(Intercept)"], ones, correlated: true),
            ],
        };
    }

    private static ModelFrame Grouped((int Patients, int Events)[] hospitals)
    {
        var ones = Enumerable.Repeat(1.0, hospitals.Length).ToArray();
        var groups = Enumerable.Range(0, hospitals.Length).ToArray();
        return new ModelFrame(
            new DesignMatrix(hospitals.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            [.. hospitals.Select(hospital => (double)hospital.Events / hospital.Patients)],
            new Clusters("hospital", [.. groups, hospitals.Length], i => $"{i}"))
        {
            Trials = [.. hospitals.Select(hospital => (double)hospital.Patients)],
            RandomTerms = [new RandomTermDesign("hospital", groups, groups.Length, i => $"{i}", ["(Intercept)"], ones, correlated: true)],
        };
    }

    private static ModelFrame Stranger(string data, string formula) => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Beside("Profiling.Tests", "Strangers", data + ".csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula) });

    private static GlmmFit Fit(ModelFrame frame, string link = "logit")
    {
        Assert.True(Link.TryParse(link, out var parsed));
        return GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Link = parsed });
    }
}

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

namespace MarginalConditional.Gee.Tests.Inference;

/// <summary>Both parts of a criterion stand on one scale.</summary>
public sealed class InformationCriteriaTests
{
    // SAS/STAT user's guide, GENMOD, respiratory data: QIC 512.3416 with the unstructured correlation.
    [Fact]
    public void QIC_of_the_respiratory_trial_is_what_SAS_prints()
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse("outcome ~ center + treat + sex + age + baseline"),
            Cluster = "u",
            Wave = "visit",
            PositionMatters = true,
        };
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(Stranger("respiratory_u")), request);
        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Unstructured });
        var criteria = InformationCriteria.Of(fit);
        Assert.Equal(512.3416, criteria.Qic, 5e-5);
        Assert.Equal(12.36672, criteria.Cic, 5e-6);
        Assert.Equal((-2 * criteria.Quasilikelihood) + (2 * 6 * fit.Scale), criteria.Qicu, 1e-9);
    }

    // geepack 1.3.12, QIC(geeglm(...)) run to 1e-11.
    [Theory]
    [InlineData("resp ~ age * smoke", "ar1", 5.6832)]
    [InlineData("resp ~ age * smoke", "exchangeable", 5.4352)]
    [InlineData("resp ~ age + smoke", "exchangeable", 4.7951)]
    public void CIC_by_the_moments_of_geepack_is_geepacks(string formula, string correlation, double cic)
    {
        var fit = GeeFitter.Fit(
            ReferenceCase.Frame("ohio", formula, "id", positionMatters: true),
            new GeeOptions
            {
                Family = Family.Binomial,
                Correlation = correlation == "ar1" ? WorkingCorrelation.Ar1 : WorkingCorrelation.Exchangeable,
                Moments = MomentConvention.Geepack,
            });
        Assert.Equal(cic, InformationCriteria.Of(fit).Cic, 1e-4);
    }

    /// <summary>geepack's penalty is the number of coefficients, whatever the scale; the other's is that many scales.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_coefficient_costs_two_or_two_scales(bool isGeepack)
    {
        var sample = ClusteredSample.Create(4, Family.Gamma, clusters: 30);
        var moments = isGeepack ? MomentConvention.Geepack : MomentConvention.LiangZeger;
        var fit = GeeFitter.Fit(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable) with { Moments = moments });
        Assert.True(Math.Abs(fit.Scale - 1) > 0.05);
        var criteria = InformationCriteria.Of(fit);
        Assert.Equal((-2 * criteria.Quasilikelihood) + (2 * 3 * (isGeepack ? 1 : fit.Scale)), criteria.Qicu, 1e-9);
    }

    // In this sample the four columns happen to gain 264 = 9.8φ (p = .04), so that even a penalty of 2φ a column lets them pass by 2.2φ.
    // With CIC divided by φ they paid 8 for what gains φ each by chance alone, and won by 256.
    [Fact]
    public void Noise_pays_on_the_scale_on_which_it_gains()
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ trt"), Cluster = "id" };
        var data = DatasetReader.Read(Stranger("qic_noise2"));
        var without = Fit(ModelFrameBuilder.Build(data, request));
        var with = Fit(ModelFrameBuilder.Build(data, request with { Formula = FormulaParser.Parse("y ~ trt + z1 + z2 + z3 + z4") }));
        var (few, many) = (InformationCriteria.Of(without), InformationCriteria.Of(with));
        Assert.Equal(263.9, 2 * (many.Quasilikelihood - few.Quasilikelihood), 0.05);
        Assert.InRange(2 * (many.Cic - few.Cic) / with.Scale, 7, 9);
        Assert.InRange((few.Qic - many.Qic) / with.Scale, 0, 2.5);
        Assert.InRange((few.Qicu - many.Qicu) / with.Scale, 0, 2.5);
    }

    // Four columns of noise win by AIC when χ² with 4 degrees of freedom exceeds 8: in 9.2 % of samples. (CIC
    // pays by the robust variance, which few clusters make too small, so somewhat more often.) They won in all.
    [Fact]
    public void Columns_of_noise_seldom_win_among_overdispersed_counts()
    {
        const int Samples = 200;
        int wins = 0, winsUnderPan = 0;
        for (var seed = 1; seed <= Samples; seed++)
        {
            var full = Counts(seed);
            var (without, with) = (Fit(Columns(full, 2)), Fit(full));
            var (few, many) = (InformationCriteria.Of(without), InformationCriteria.Of(with));
            wins += many.Qic < few.Qic ? 1 : 0;
            winsUnderPan += many.Qicu < few.Qicu ? 1 : 0;
            Assert.InRange(with.Scale, 15, 45);
        }

        Assert.InRange(wins, 6, 50);
        Assert.InRange(winsUnderPan, 6, 36);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_change_of_units_multiplies_the_criteria_of_a_normal_outcome_by_its_square(int seed)
    {
        var sample = ClusteredSample.Create(seed, Family.Gaussian, weighted: seed == 2);
        var scaled = new ModelFrame(sample.Frame.Design, [.. sample.Frame.Response.ToArray().Select(y => 10 * y)], sample.Frame.Clusters)
        {
            Weights = sample.Frame.Weights,
        };
        var options = sample.Options(WorkingCorrelation.Exchangeable);
        var one = InformationCriteria.Of(GeeFitter.Fit(sample.Frame, options));
        var hundred = InformationCriteria.Of(GeeFitter.Fit(scaled, options));
        Assert.Equal(100 * one.Qic, hundred.Qic, 1e-6 * Math.Abs(hundred.Qic));
        Assert.Equal(100 * one.Qicu, hundred.Qicu, 1e-6 * Math.Abs(hundred.Qicu));
        Assert.Equal(100 * one.Cic, hundred.Cic, 1e-6 * hundred.Cic);
    }

    private static string Stranger(string name) => ReferenceFiles.Beside("Gee.Tests", "Strangers", name + ".csv");

    private static GeeFit Fit(ModelFrame frame) =>
        GeeFitter.Fit(frame, new GeeOptions { Family = Family.Poisson, Correlation = WorkingCorrelation.Independence });

    /// <summary>60 clusters of 5 counts with mean 60 and variance 27 times that, an arm, and four columns of noise.</summary>
    private static ModelFrame Counts(int seed)
    {
        const int Rows = 300;
        var random = new Sequence(seed);
        var x = new double[6 * Rows];
        var y = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            x[row] = 1;
            x[Rows + row] = row / 5 % 2;
            for (var j = 2; j < 6; j++)
            {
                x[(j * Rows) + row] = random.Normal();
            }

            y[row] = Math.Round(Math.Max(0, 60 + (Math.Sqrt(27 * 60) * random.Normal())));
        }

        string[] names = ["(Intercept)", "arm", "z1", "z2", "z3", "z4"];
        return new ModelFrame(
            new DesignMatrix(Rows, names, x, names),
            y,
            new Clusters("id", [.. Enumerable.Range(0, 61).Select(i => 5 * i)], i => $"{i}"));
    }

    private static ModelFrame Columns(ModelFrame frame, int count)
    {
        string[] names = [.. frame.Design.Names.Take(count)];
        var values = Enumerable.Range(0, count).SelectMany(j => frame.Design.Column(j).ToArray()).ToArray();
        return new ModelFrame(new DesignMatrix(frame.Rows, names, values, names), frame.Response.ToArray(), frame.Clusters);
    }
}

using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Tests.Profiles;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Fitting;

/// <summary>Where many subjects were seen once, the likelihood of intercepts and slopes bends: a search must not creep along it.</summary>
public sealed class SubjectsSeenOnceProperties
{
    private const ulong DataSets = 200;

    /// <summary>Chicks' weights, many chicks seen once: lme4 and nlme.</summary>
    [Theory]
    [InlineData(true, -1942.932000581, 0.578835)]
    [InlineData(false, -1944.167182163, 0.572803)]
    public void The_maximum_is_reached(bool restricted, double logLikelihood, double error)
    {
        var fit = LmmFitter.Fit(
            ModelFrameBuilder.Build(
                DatasetReader.Read(ReferenceFiles.Beside("Lmm.Tests", "Strangers", "single-row-subjects.csv")),
                new FrameRequest { Formula = FormulaParser.Parse("weight ~ Time + (Time | Chick)") }),
            new LmmOptions { Restricted = restricted });
        Assert.Equal(ConvergenceStatus.Converged, fit.Convergence.Status);
        Assert.Equal(logLikelihood, fit.LogLikelihood, 1e-6);
        Assert.Equal(error, fit.StandardError(1), 1e-5);
    }

    /// <summary>No search ends early, a finer one gains nothing, and none from another start ends higher.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void No_search_stops_short(bool restricted, bool correlated)
    {
        var options = new LmmOptions { Restricted = restricted, Threads = 1 };
        for (var seed = 1UL; seed <= DataSets; seed++)
        {
            var frame = SubjectsSeenOnce.Frame(seed, correlated);
            var fit = LmmFitter.Fit(frame, options);
            Assert.True(fit.Convergence.Status is ConvergenceStatus.Converged or ConvergenceStatus.Boundary, $"{seed}: {fit.Convergence}");
            var likelihood = fit.Open();
            var gradient = new double[likelihood.Parameters];
            var value = likelihood.Evaluate(fit.Theta, gradient);
            Assert.Equal(-2 * fit.LogLikelihood, value, 1e-8);
            var finer = new QuasiNewton(likelihood, options.Tolerances.Search(1e-14, 1000)).Minimize(fit.Theta.ToArray());
            Assert.InRange(value - finer.Value, -1e-8, 1e-8);
            Assert.All(gradient, slope => Assert.InRange(slope, -0.05, 0.05));
            foreach (var start in Starts(correlated))
            {
                var other = LmmFitter.Fit(frame, frame.Response, frame.Weights, options, start);
                Assert.True(other.LogLikelihood <= fit.LogLikelihood + 1e-7, $"{seed}: {other.LogLikelihood} > {fit.LogLikelihood}");
            }
        }
    }

    /// <summary>The simplex method on −2ℓ of whole covariance matrices, over standard deviations and the correlation.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_simplex_method_finds_nothing_higher(bool correlated)
    {
        for (var seed = 1UL; seed <= 8; seed++)
        {
            var frame = SubjectsSeenOnce.Frame(seed, correlated, most: 12);
            var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false });
            var size = Math.Sqrt(fit.ResidualVariance);
            var best = Simplex(frame, correlated ? [size, size / 2, size, 0] : [size, size / 2, size]);

            // On the way to a perfect correlation the simplex stops a little short.
            Assert.InRange(-2 * fit.LogLikelihood, best - 0.05, best + 1e-6);
        }
    }

    private static double[][] Starts(bool correlated) => correlated
        ? [[0.1, 0, 0.1], [3, 1, 0.5], [1, -1, 2]]
        : [[0.1, 0.1], [3, 0.2], [0.2, 3]];

    private static double Simplex(ModelFrame frame, double[] start) =>
        ConstrainedLikelihood.Minimum(
            frame,
            (cluster, natural) =>
            {
                var (intercept, slope, error, first) = (natural[0], natural[1], natural[2], frame.Clusters.Start(cluster));
                var both = natural.Length > 3 ? natural[3] * intercept * slope : 0;
                double Time(int row) => frame.Design.Column(1)[first + row];
                return Matrix<double>.Build.Dense(frame.Clusters.Size(cluster), frame.Clusters.Size(cluster), (i, j) =>
                    (intercept * intercept) + (both * (Time(i) + Time(j))) + (slope * slope * Time(i) * Time(j))
                        + (i == j ? error * error : 0));
            },
            start,
            deviations: 3,
            held: -1);
}

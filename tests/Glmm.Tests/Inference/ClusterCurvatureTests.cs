using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using Xunit;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary>The information of each cluster, and what leaving it out does, against the whole and against fits without it.</summary>
public sealed class ClusterCurvatureTests
{
    public static TheoryData<string, string, string, int> Models => new()
    {
        { "sites30", "y ~ t + x + (1 | site)", "binomial", 25 },
        { "epilepsy", "y ~ lbase * trt + (1 | subject)", "poisson", 15 },
        { "orthodont", "distance ~ age + (age | Subject)", "gaussian", 9 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void The_informations_add_up_to_the_whole(string data, string formula, string family, int nodes)
    {
        var fit = Fit(data, formula, family, nodes);
        var m = fit.ParameterCount;
        var sum = new double[m * m];
        var informations = ClusterCurvature.Informations(fit);
        for (var i = 0; i < informations.Length; i += m * m)
        {
            Dense.AddScaled(1, informations.AsSpan(i, m * m), sum);
        }

        var whole = new double[m * m];
        Assert.True(Cholesky.TryInvert(fit.JointCovariance, m, new double[m * m], whole));
        for (var j = 0; j < m; j++)
        {
            for (var l = 0; l < m; l++)
            {
                var scale = Math.Sqrt(whole[(j * m) + j] * whole[(l * m) + l]);
                Assert.Equal(whole[(j * m) + l] / scale, sum[(j * m) + l] / scale, 2e-4);
            }
        }
    }

    [Fact]
    public void Leaving_a_cluster_out_is_close_to_fitting_without_it()
    {
        var fit = Fit("sites30", "y ~ t + x + (1 | site)", "binomial", 25);
        var m = fit.ParameterCount;
        var deletions = ClusterCurvature.Deletions(fit);
        for (var i = 0; i < fit.Frame.Clusters.Count; i += 7)
        {
            var without = GlmmFitter.Fit(FrameSubset.WithoutCluster(fit.Frame, i), fit.Options);
            for (var j = 0; j < m; j++)
            {
                // The step is Newton's first: what it leaves is a share of the change, in standard errors.
                var error = Math.Sqrt(fit.JointCovariance[(j * m) + j]);
                var change = (fit.Parameters[j] - without.Parameters[j]) / error;
                Assert.Equal(change, deletions[(i * m) + j] / error, 0.05 + (0.25 * Math.Abs(change)));
            }
        }
    }

    private static Family FamilyOf(string name) =>
        name == "binomial" ? Family.Binomial : name == "poisson" ? Family.Poisson : Family.Gaussian;

    private static GlmmFit Fit(string data, string formula, string family, int nodes) => GlmmFitter.Fit(
        ReferenceCase.Frame(data, formula),
        new GlmmOptions { Family = FamilyOf(family), Nodes = nodes });
}

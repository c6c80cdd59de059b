using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Model;

/// <summary>What fits of one design share, and buffers that come as another fit left them, change no bit.</summary>
public class SharedLayoutTests
{
    [Fact]
    public void Fits_of_many_outcomes_share_levels_and_scaling()
    {
        var frame = Frame(6, 4, 0);
        var other = frame.WithResponse([.. frame.Response.ToArray().Select(y => 1 - y)]);
        Assert.Same(RandomLevel.FromFrame(frame), RandomLevel.FromFrame(other));
        Assert.Same(ColumnScaling.Of(frame.Design, 1), ColumnScaling.Of(other.Design, 1));
        Assert.NotSame(RandomLevel.FromFrame(frame), RandomLevel.FromFrame(Frame(6, 4, 0)));
        Assert.Equal(0.5, ColumnScaling.Of(frame.Design, 2).Scale(0));
    }

    [Fact]
    public void A_fit_is_the_same_after_fits_of_other_sizes()
    {
        var options = new GlmmOptions { Family = Family.Binomial, Nodes = 7, Threads = 1 };
        var before = GlmmFitter.Fit(Frame(9, 8, 1), options);
        GlmmFitter.Fit(Frame(20, 11, 2), options);
        GlmmFitter.Fit(Frame(5, 6, 3), options);
        var after = GlmmFitter.Fit(Frame(9, 8, 1), options);
        Assert.Equal(before.LogLikelihood, after.LogLikelihood);
        Assert.Equal(before.Coefficients.ToArray(), after.Coefficients.ToArray());
        Assert.Equal(before.StandardErrors.ToArray(), after.StandardErrors.ToArray());
    }

    [Theory]
    [InlineData("logit", 7)]
    [InlineData("probit", 3)]
    public void A_fit_after_others_of_its_design_has_the_bits_of_one_on_a_thread_of_its_own(string name, int nodes)
    {
        Assert.True(Link.TryParse(name, out var link));
        var options = new GlmmOptions { Family = Family.Binomial, Link = link, Nodes = nodes, Threads = 1 };
        var design = Frame(9, 8, 1);
        for (var turn = 2; turn < 6; turn++)
        {
            var outcomes = Frame(9, 8, turn).Response.ToArray();
            var after = GlmmFitter.Fit(design.WithResponse(outcomes), options);
            GlmmFit? alone = null;
            var thread = new Thread(() => alone = GlmmFitter.Fit(Frame(9, 8, turn), options));
            thread.Start();
            thread.Join();
            Assert.Equal(alone!.LogLikelihood, after.LogLikelihood);
            Assert.Equal(alone.Parameters.ToArray(), after.Parameters.ToArray());
            Assert.Equal(alone.JointCovariance.ToArray(), after.JointCovariance.ToArray());
            Assert.Equal(alone.ClusterScores.ToArray(), after.ClusterScores.ToArray());
            Assert.Equal(alone.RandomEffects[0].Modes.ToArray(), after.RandomEffects[0].Modes.ToArray());
        }
    }

    /// <summary>Two arms; a share of events that turns with the cluster.</summary>
    private static ModelFrame Frame(int clusters, int size, int turn)
    {
        var n = clusters * size;
        string[] names = ["(Intercept)", "treatment"];
        double[] arm = [.. Enumerable.Range(0, n).Select(i => (double)(i / size % 2))];
        double[] response = [.. Enumerable.Range(0, n).Select(i => i % size < 1 + (((i / size) + turn) % (size - 1)) ? 1.0 : 0)];
        return new ModelFrame(
            new DesignMatrix(n, names, [.. Enumerable.Repeat(1.0, n), .. arm], names),
            response,
            new Clusters("cluster", [.. Enumerable.Range(0, clusters + 1).Select(c => c * size)], c => $"{c}"));
    }
}

using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Coding;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

/// <summary>A search over a sixteenth of the clusters, which are cut into chunks of 1024 rows.</summary>
public sealed class PilotTests
{
    private const int PerChunk = 64;
    private const int Waves = 16;

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, true)]
    [InlineData(31, false)]
    [InlineData(1, false)]
    public void A_sixteenth_of_the_clusters_has_two_chunks_or_is_not_searched(int chunks, bool allowed) =>
        Assert.Equal(allowed, Of(Frame(chunks), ResidualStructure.Identity).AllowsPilot);

    [Theory]
    [InlineData(32)]
    [InlineData(1)]
    public void There_is_no_search_of_a_part_without_random_effects_or_with_correlated_residuals(int chunks)
    {
        Assert.False(Of(Frame(chunks, random: false), ResidualStructure.Identity).AllowsPilot);
        Assert.False(Of(Frame(chunks), ResidualStructure.FirstOrderAutoregression).AllowsPilot);
        Assert.False(Of(Frame(chunks, random: false), ResidualStructure.FirstOrderAutoregression).AllowsPilot);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_likelihood_of_the_part_differs_from_that_of_its_clusters_alone_by_a_constant(bool restricted)
    {
        var frame = Frame(48);
        var all = Of(frame, ResidualStructure.Identity, restricted);
        var alone = Of(First(frame, 3 * PerChunk), ResidualStructure.Identity, restricted);
        var whole = all.Evaluate([0.5], []);
        all.UsePilot(true);
        Assert.Equal(alone.EffectiveRows, all.EffectiveRows);
        Assert.Equal((3 * PerChunk * Waves) - (restricted ? 3 : 0), all.EffectiveRows);
        var apart = all.Evaluate([0.5], []) - alone.Evaluate([0.5], []);
        Relative.Equal(alone.Scale, all.Scale, 1e-9);
        var (up, down) = (all.Evaluate([1.5], []), alone.Evaluate([1.5], []));
        Relative.Equal(down + apart, up, 1e-9);
        var (gradient, other) = (new double[1], new double[1]);
        all.Evaluate([0.5], gradient);
        alone.Evaluate([0.5], other);
        Relative.Equal(other, gradient, 1e-8);
        all.UsePilot(false);
        Assert.Equal(whole, all.Evaluate([0.5], []));
        Assert.Equal(frame.Rows - (restricted ? 3 : 0), all.EffectiveRows);
    }

    private static LinearMixedLikelihood Of(ModelFrame frame, ResidualStructure structure, bool restricted = true) =>
        new(LinearMixedData.Create(frame, frame.Response, frame.Weights, structure, []), restricted, null, 1);

    private static ModelFrame Frame(int chunks, bool random = true) =>
        LinearFrames.Longitudinal(7, chunks * PerChunk, Waves, slope: false, missing: 0, random: random);

    private static ModelFrame First(ModelFrame frame, int clusters)
    {
        var n = clusters * Waves;
        double[] x = [.. Enumerable.Range(0, frame.Design.Columns).SelectMany(j => frame.Design.Column(j)[..n].ToArray())];
        var term = frame.RandomTerms[0];
        return new ModelFrame(
            new DesignMatrix(n, frame.Design.Names, x, frame.Design.Terms),
            frame.Response[..n].ToArray(),
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => c * Waves)], LinearFrames.Label))
        {
            RandomTerms =
            [
                new RandomTermDesign(
                    "id", [.. term.Groups[..n]], clusters, LinearFrames.Label, term.Names, term.Column(0)[..n].ToArray(), true),
            ],
        };
    }
}

using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The pictures of a simulation study.</summary>
internal static class SimulatePictures
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OfferedPicture> Of(StudyResult result)
    {
        if (!result.Scenarios.Any(scenario => scenario.Performance.Any(row => row.Converged > 1)))
        {
            return [.. Options.PictureKinds.Simulate.Select(kind => OfferedPicture.Without(kind.Word, "no method has two estimates"))];
        }

        var common = PerformancePictures.Of(result.ToTableOfOneScale(), result.Intervals);
        var attenuation = BiasPictures.HasEffects(result)
            ? new OfferedPicture("attenuation", () => BiasPictures.Attenuation(result))
            : OfferedPicture.Without("attenuation", "no scenario has an effect");
        return [.. common.SkipLast(1), attenuation, common[^1]];
    }
}

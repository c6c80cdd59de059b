using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The rows that a generator fills, laid out once where sizes are fixed and else for each trial. Of one thread.</summary>
/// <param name="mechanism">What the trials are drawn from.</param>
internal sealed class TrialRoom(Mechanism mechanism)
{
    private readonly int[] sizes = new int[mechanism.Clusters];
    private TrialLayout? layout;
    private double[] response = [];
    private ModelFrame? frame;

    /// <summary>The outcomes, one a row.</summary>
    public double[] Response => response;

    /// <summary>The distinct rows of the trial laid out last; another object when the design changes. Null before the first.</summary>
    public DistinctRows? DistinctRows { get; private set; }

    /// <summary>The rows as laid out with the outcomes in them: one frame as long as the layout stays.</summary>
    public ModelFrame Frame => frame ??= layout!.Frame.WithResponse(response);

    /// <summary>Lays out a trial; its sizes are the first numbers of its stream unless they are fixed.</summary>
    /// <param name="stream">At its beginning.</param>
    public TrialLayout LayOut(RandomStream stream)
    {
        if (layout is not null && mechanism.Size.Fixed is not null)
        {
            return layout;
        }

        for (var c = 0; c < sizes.Length; c++)
        {
            sizes[c] = mechanism.Size.Draw(stream);
        }

        layout = new TrialLayout(mechanism, sizes);
        response = new double[layout.Frame.Rows];
        frame = null;
        DistinctRows = new DistinctRows(mechanism.Design, layout.Frame.Clusters);
        return layout;
    }
}

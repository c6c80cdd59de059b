using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws trials one after the other. Of one thread; disposed of when it is disposable and its scenario is done.</summary>
public interface IDataGenerator
{
    /// <summary>Draws one trial. What it returns has to be valid until the next draw only.</summary>
    /// <param name="stream">The replicate's stream at its beginning: the trial may depend on nothing else.</param>
    /// <param name="replicate">The replicate's number, from 0, for messages and names.</param>
    ModelFrame Draw(RandomStream stream, int replicate);
}

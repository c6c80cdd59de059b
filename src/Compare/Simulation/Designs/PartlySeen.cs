using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>A trial some of whose rows are not seen.</summary>
/// <param name="Complete">The whole trial.</param>
/// <param name="Rows">Which rows are seen, as many as there are.</param>
internal sealed record PartlySeen(ModelFrame Complete, bool[] Rows);

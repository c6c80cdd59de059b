namespace MarginalConditional.Data.Tables;

/// <summary>Where a field stands among the bytes of its line.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after its last.</param>
internal readonly record struct FieldPlace(int Start, int End);

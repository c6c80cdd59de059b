namespace MarginalConditional.Data.Descriptions;

/// <summary>How many rows have a level.</summary>
public sealed record LevelCount(string Level, int Rows);

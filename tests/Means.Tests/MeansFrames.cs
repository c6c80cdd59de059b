using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Means.Tests;

/// <summary>Frames of the reference data, and numbers of the golden files.</summary>
internal static class MeansFrames
{
    /// <summary>A frame.</summary>
    public static ModelFrame Of(
        string data, string formula, string? cluster = null, string[]? factors = null, string? offset = null, string? wave = null) =>
        ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data(data)),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Cluster = cluster,
                Factors = factors ?? [],
                Offset = offset,
                Wave = wave,
            });

    /// <summary>A frame whose outcome is an ordered category.</summary>
    public static ModelFrame Ordered(string data, string formula, string? cluster = null, string[]? factors = null) =>
        ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data(data)),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Cluster = cluster,
                Factors = factors ?? [],
                HasOrderedOutcome = true,
            });

    /// <summary>The expected numbers of a golden file.</summary>
    public static JsonElement Expected(string name) =>
        ReferenceFiles.Json(ReferenceFiles.Beside("Means.Tests", "Golden", name + ".json")).GetProperty("expected");

    /// <summary>The rows of a table of a golden file.</summary>
    public static JsonElement[] Rows(this JsonElement expected, string name) => [.. expected.GetProperty(name).EnumerateArray()];

    /// <summary>A number of a row.</summary>
    public static double Number(this JsonElement row, string name) => row.GetProperty(name).GetDouble();
}

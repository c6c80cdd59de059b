using static MarginalConditional.Data.Files.Parquets.ThriftShape;

namespace MarginalConditional.Data.Files.Parquets;

/// <summary>What Parquet's descriptions of itself are made of.</summary>
/// <remarks>
/// The library reads each field as what it should be, whatever it says that it is, and then reads on where no number begins. Source: Apache
/// Parquet, parquet.thrift.
/// </remarks>
internal static class ParquetShapes
{
    private static readonly ThriftShape Nothing = Of();

    private static readonly ThriftShape Statistics = Of(
        (1, Bytes), (2, Bytes), (3, Whole), (4, Whole), (5, Bytes), (6, Bytes), (7, Truth), (8, Truth));

    private static readonly ThriftShape KeyValue = Of((1, Bytes), (2, Bytes));

    private static readonly ThriftShape Time = Of((1, Truth), (2, Of((1, Nothing), (2, Nothing), (3, Nothing))));

    private static readonly ThriftShape LogicalType = Of(
        (1, Nothing), (2, Nothing), (3, Nothing), (4, Nothing), (5, OfWhole(2)), (6, Nothing), (7, Time), (8, Time),
        (10, Of((1, Small), (2, Truth))), (11, Nothing), (12, Nothing), (13, Nothing), (14, Nothing), (15, Nothing),
        (16, Of((1, Small))), (17, Of((1, Bytes))), (18, Of((1, Bytes), (2, Whole))));

    private static readonly ThriftShape SchemaElement = Of(
        (1, Whole), (2, Whole), (3, Whole), (4, Bytes), (5, Whole), (6, Whole), (7, Whole), (8, Whole), (9, Whole), (10, LogicalType));

    private static readonly ThriftShape ColumnMetadata = Of(
        (1, Whole), (2, ListOf(Whole)), (3, ListOf(Bytes)), (4, Whole), (5, Whole), (6, Whole), (7, Whole), (8, ListOf(KeyValue)),
        (9, Whole), (10, Whole), (11, Whole), (12, Statistics), (13, ListOf(OfWhole(3))), (14, Whole), (15, Whole),
        (16, Of((1, Whole), (2, ListOf(Whole)), (3, ListOf(Whole)))), (17, Of((2, ListOf(Whole)))));

    private static readonly ThriftShape ColumnChunk = Of(
        (1, Bytes), (2, Whole), (3, ColumnMetadata), (4, Whole), (5, Whole), (6, Whole), (7, Whole),
        (8, Of((1, Nothing), (2, Of((1, ListOf(Bytes)), (2, Bytes))))), (9, Bytes));

    private static readonly ThriftShape RowGroup = Of(
        (1, ListOf(ColumnChunk)), (2, Whole), (3, Whole), (4, ListOf(Of((1, Whole), (2, Truth), (3, Truth)))), (5, Whole), (6, Whole),
        (7, Whole));

    private static readonly ThriftShape Cipher = Of((1, Bytes), (2, Bytes), (3, Truth));

    /// <summary>The description at the end of a file.</summary>
    internal static ThriftShape File { get; } = Of(
        (1, Whole), (2, ListOf(SchemaElement)), (3, Whole), (4, ListOf(RowGroup)), (5, ListOf(KeyValue)), (6, Bytes),
        (7, ListOf(Of((1, Nothing)))), (8, Of((1, Cipher), (2, Cipher))), (9, Bytes));

    /// <summary>The head of a page.</summary>
    internal static ThriftShape Page { get; } = Of(
        (1, Whole), (2, Whole), (3, Whole), (4, Whole),
        (5, Of((1, Whole), (2, Whole), (3, Whole), (4, Whole), (5, Statistics))),
        (6, Nothing),
        (7, Of((1, Whole), (2, Whole), (3, Truth))),
        (8, Of((1, Whole), (2, Whole), (3, Whole), (4, Whole), (5, Whole), (6, Whole), (7, Truth), (8, Statistics))));
}

/* Made by scripts/apds-generate.mjs from apds/models (MIT, see apds/LICENSE) and the repairs listed there. */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessAndEgress: components["schemas"]["AccessAndEgressValidity"] | components["schemas"]["AccessAndEgressPeriods"];
        AccessAndEgressPeriods: {
            exitPossibleAtAnyTime?: boolean;
            entranceOpenTimeArea?: components["schemas"]["EntranceOpenTime"][];
            exitOpenTimeArea?: components["schemas"]["ExitOpenTime"][];
            periods?: components["schemas"]["Period"][];
        };
        AccessAndEgressValidity: {
            exitPossibleAtAnyTime?: boolean;
            entranceOpenTimeArea?: components["schemas"]["EntranceOpenTime"][];
            exitOpenTimeArea?: components["schemas"]["ExitOpenTime"][];
            validity?: components["schemas"]["Validity"];
        };
        /** @enum {string} */
        AccessibilityEnum: "barrierFreeAccessible" | "disabledAccessible" | "disabledEasements" | "disabledMarkedThere" | "none" | "orientationSystemForBlindPeople" | "other" | "unknown" | "wheelChairAccessible";
        Address: {
            addressLines?: components["schemas"]["AddressLine"][];
            city?: components["schemas"]["MultilingualString"];
            countryCode?: components["schemas"]["CountryCode"];
            postCode?: string;
        };
        AddressLine: {
            order: number;
            text: components["schemas"]["MultilingualString"];
            type: components["schemas"]["AddressLineTypeEnum"];
        };
        /** @enum {string} */
        AddressLineTypeEnum: "apartment" | "building" | "districtTerritory" | "floor" | "poBox" | "region" | "street" | "town" | "unit";
        AmountInCurrency: {
            currencyType: components["schemas"]["CurrencyCode"];
            /** Format: float */
            currencyValue: number;
        };
        AreaDimension: {
            /** Format: float */
            measure: number;
            unitOfMeasure: components["schemas"]["UnitOfMeasureAreaEnum"];
        };
        AreaLocation: {
            namedArea?: components["schemas"]["IsoNamedArea"] | components["schemas"]["NutsNamedArea"];
        } | components["schemas"]["GeoJsonMultiPolygon"];
        AssignRightTime: {
            /** Format: date-time */
            assignedRightTime: string;
            comparisonOperator: components["schemas"]["ComparisonOperatorEnum"];
            unitOfTime: components["schemas"]["UnitOfTimeEnum"];
        };
        AssignedRight: {
            id: string;
            version: number;
            rightHolder: components["schemas"]["RightHolder"];
            rightSpecification: components["schemas"]["VersionedReference"];
            /** Format: date-time */
            expiry?: string;
            /** Format: date-time */
            issuanceTime?: string;
            readonly assignedRightIssuer?: components["schemas"]["VersionedReference"];
            instancesAvailable?: number;
            instancesUsed?: number;
            /** Format: float */
            minutesUsed?: number;
            /** Format: float */
            minutesAvailable?: number;
            remainingValue?: components["schemas"]["AmountInCurrency"];
            totalInstances?: number;
            /** Format: float */
            totalMinutes?: number;
            totalRightValue?: components["schemas"]["AmountInCurrency"];
            issueMethod?: components["schemas"]["IssueMethodEnum"];
            plannedUses?: components["schemas"]["PlannedUse"][];
            payments?: components["schemas"]["Payment"][];
            monetaryValue?: components["schemas"]["MonetaryValue"];
        };
        AssignedTimeRelative: components["schemas"]["RelativeOffsets"] | components["schemas"]["RelativeTimes"] | components["schemas"]["TimesOfDay"];
        BrandsAcceptedCodeList: {
            brandsAcceptedList: components["schemas"]["ReferencedCodeListEntry"];
        };
        BrandsAcceptedText: {
            brandsAcccepted?: components["schemas"]["MultilingualString"];
        };
        /** @enum {string} */
        CalculationTypeEnum: "counted" | "derived" | "expected" | "verified";
        Characteristics: {
            accessControlled?: boolean;
            coveredType?: components["schemas"]["CoveredEnum"];
            disabledAccess?: boolean;
            disabledAccessTypes?: components["schemas"]["AccessibilityEnum"][];
            evChargingPoints?: number;
            openToPublic?: boolean;
            operatingModes?: components["schemas"]["ParkingOperatingModeEnum"][];
            robotic?: boolean;
            spacesNonDedicated?: number;
            spacesTotal?: number;
            staffed?: components["schemas"]["StaffEnum"];
            structureGrade?: components["schemas"]["StructureGradeEnum"];
            structureType?: components["schemas"]["StructureTypeEnum"];
        };
        /** @enum {string} */
        ComparisonOperatorEnum: "equalTo" | "greaterThan" | "greaterThanOrEqualTo" | "lessThan" | "lessThanOrEqualTo";
        Contact: {
            contactNotDefined?: boolean;
            contactUnknown?: boolean;
            shareWithPublic?: boolean;
            validityOfContact?: components["schemas"]["OverallPeriod"];
        };
        ContactByReference: {
            contactReference: components["schemas"]["VersionedReference"];
            /** @enum {string} */
            contactType?: "contactPoint" | "contactByReference";
            contactNotDefined?: boolean;
            contactUnknown?: boolean;
            shareWithPublic?: boolean;
            validityOfContact?: components["schemas"]["OverallPeriod"];
        };
        ContactDetails: {
            available24hours?: boolean;
            contactDetailsFax?: string;
            contactDetailsLanguage?: components["schemas"]["LanguageCode"][];
            contactDetailsLogoUrl?: components["schemas"]["Url"];
            contactDetailsMoreInfo?: components["schemas"]["MultilingualString"];
            contactDetailsResponsibility?: components["schemas"]["MultilingualString"];
            contactPersonFirstName?: string;
            contactPersonName?: string;
            contactPersonPosition?: components["schemas"]["MultilingualString"];
            publishingAgreement?: boolean;
            urlLinkAddress?: components["schemas"]["Url"];
        };
        ContactPoint: {
            organisationName?: components["schemas"]["MultilingualString"];
            type: components["schemas"]["ContactTypeEnum"];
            address?: components["schemas"]["Address"][];
            contactDetails?: components["schemas"]["ContactDetails"][];
            eMailCommonData?: components["schemas"]["EMailCommonData"][];
            telephoneContacts?: components["schemas"]["TelephoneContact"][];
            pointLocations?: components["schemas"]["PointLocation"][];
            /** @enum {string} */
            contactType?: "contactPoint" | "contactByReference";
            id: string;
            version: number;
            contactNotDefined?: boolean;
            contactUnknown?: boolean;
            shareWithPublic?: boolean;
            validityOfContact?: components["schemas"]["OverallPeriod"];
        };
        /** @enum {string} */
        ContactTypeEnum: "customerService" | "emergencyContact" | "operator" | "owner" | "propertyManager" | "securityService";
        CountryCode: string;
        /** @enum {string} */
        CoveredEnum: "covered" | "notCovered" | "partiallyCovered" | "topLevelNotCovered";
        Credential: {
            type?: components["schemas"]["CredentialTypeEnum"];
        };
        CredentialAssigned: {
            identifier: components["schemas"]["Reference"];
            issuer?: components["schemas"]["MultilingualString"];
            /** @enum {string} */
            credentialAssignedType?: "vehicle" | "customer" | "other";
            type: components["schemas"]["CredentialTypeEnum"];
        };
        /** @enum {string} */
        CredentialTypeEnum: "barcode" | "bluetooth" | "eticket" | "hangtag" | "licensePlate" | "permit" | "qrCode" | "rfid" | "ticket" | "electronicID" | "ticketcoupon" | "vehicleplate";
        CurrencyCode: string;
        /** @enum {string} */
        DayEnum: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
        DayWeekMonth: {
            applicableDay?: components["schemas"]["DayEnum"][];
            applicableMonth?: components["schemas"]["MonthEnum"][];
            applicableWeek?: components["schemas"]["WeekOfMonthEnum"][];
        };
        DeletedReference: {
            id: string;
            className: string;
            /** Format: date-time */
            deleteTimestamp: string;
        };
        DemandSpaceType: {
            /** Format: date-time */
            detectionUpdateTime: string;
            /** Format: date-time */
            occupancyEndTime?: string;
            /** Format: date-time */
            occupancyEstimatedEndTime?: string;
            /** Format: date-time */
            occupancyEstimatedStartTime?: string;
            /** Format: date-time */
            occupancyStartTime?: string;
            spaceId?: components["schemas"]["Reference"];
            occupancyLevel?: components["schemas"]["OccupancyLevel"];
        };
        DemandTable: {
            frequency?: components["schemas"]["Duration"];
            /** Format: date-time */
            timestamp?: string;
            demandType?: components["schemas"]["DemandType"][];
            demandSpaceType?: components["schemas"]["DemandSpaceType"][];
        };
        DemandType: {
            count?: number;
            occupancyCalculation?: components["schemas"]["CalculationTypeEnum"];
            /** Format: float */
            percentage?: number;
            /** Format: date-time */
            recordDateTime: string;
        };
        Duration: string;
        EMailCommonData: {
            primaryFlag?: boolean;
            typeCode?: components["schemas"]["EmailTypeEnum"];
        };
        Eligibility: {
            id: string;
            version: number;
            description?: components["schemas"]["MultilingualString"];
            eligibilityName?: components["schemas"]["MultilingualString"];
            qualifications?: components["schemas"]["Qualification"][];
            rightHolders?: components["schemas"]["RightHolder"][];
        };
        /** @enum {string} */
        EmailTypeEnum: "customerService" | "general" | "helpdesk" | "individual";
        Emissions: {
            emissionClassification?: components["schemas"]["ReferencedCodeListEntry"];
            emissionClassificationOthers?: string[];
            emissionLevel?: components["schemas"]["LowEmissionLevelEnum"];
        };
        /** @enum {string} */
        EnergySourceEnum: "all" | "battery" | "biodiesel" | "diesel" | "dieselBatteryHybrid" | "ethanol" | "hydrogen" | "liquidGas" | "lpg" | "methane" | "other" | "petrol" | "petrol95Octane" | "petrol98Octane" | "petrolBatteryHybrid" | "petrolLeaded" | "petrolUnleaded" | "unknown";
        EntranceOpenTime: components["schemas"]["PeriodsOrValidity"];
        EventData: {
            data: (components["schemas"]["HierarchyElementData"] | components["schemas"]["RightSpecification"] | components["schemas"]["AssignedRight"] | components["schemas"]["Session"] | components["schemas"]["RateTable"])[];
            eventSubscriptionId: string;
            /** Format: date-time */
            eventTime: string;
            topic: components["schemas"]["EventTypeEnum"];
        };
        EventSubscription: {
            /** @default false */
            includeChildrenEvents: boolean;
            hierarchyElements?: components["schemas"]["Reference"][];
            /** Format: url */
            endpoint: string;
            topics: components["schemas"]["EventTypeEnum"][];
        };
        /** @enum {string} */
        EventTypeEnum: "PlaceCreated" | "PlaceUpdated" | "PlaceDeleted" | "AssignedRightCreated" | "AssignedRightUpdated" | "AssignedRightDeleted" | "SessionCreated" | "SessionUpdated" | "SessionDeleted" | "ObservationCreated" | "ObservationUpdated" | "ObservationDeleted" | "RightSpecificationCreated" | "RightSpecificationUpdated" | "RightSpecificationDeleted" | "RateTableUpdated" | "RateTableDeleted" | "SystemEvents";
        ExitOpenTime: components["schemas"]["PeriodsOrValidity"];
        FinancialTransaction: {
            /** Format: date-time */
            dateCollected?: string;
            rateLineId?: components["schemas"]["VersionedReference"];
            /** Format: double */
            segmentValue: number;
            serviceProvider?: components["schemas"]["MultilingualString"];
            taxIncluded: boolean;
            transactionId?: string;
        };
        GeoJsonMultiPolygon: {
            /** @enum {string} */
            type: "Point" | "LineString" | "Polygon" | "MultiPoint" | "MultiLineString" | "MultiPolygon";
            coordinates?: components["schemas"]["GeoJsonPoint2D"][][][];
        };
        GeoJsonPoint: {
            /** @enum {string} */
            type: "Point" | "LineString" | "Polygon" | "MultiPoint" | "MultiLineString" | "MultiPolygon";
            coordinates?: components["schemas"]["GeoJsonPoint2D"];
        };
        GeoJsonPoint2D: number[];
        GrossWeightCharacteristic: {
            comparisonOperator: components["schemas"]["ComparisonOperatorEnum"];
            /** Format: float */
            grossVehicleWeight: number;
            typeOfWeight: components["schemas"]["WeightTypeEnum"];
        };
        HeightCharacteristic: {
            comparisonOperator: components["schemas"]["ComparisonOperatorEnum"];
            /** Format: float */
            vehicleHeight: number;
        };
        HeightCoordinate: {
            heightType?: components["schemas"]["HeightTypeEnum"];
            heightValue: string;
        };
        /** @enum {string} */
        HeightTypeEnum: "ellipsoidalHeight" | "gravityRelatedHeight" | "relativeHeight";
        HierarchyElement: {
            id: string;
            version: number;
            name: components["schemas"]["MultilingualString"];
            description?: components["schemas"]["MultilingualString"];
            layer: number;
            type: components["schemas"]["HierarchyElementTypeEnum"];
            aliases?: components["schemas"]["MultilingualString"][];
            parentId?: components["schemas"]["VersionedReference"];
            readonly childIds?: components["schemas"]["VersionedReference"][];
            operatorDefinedReference?: components["schemas"]["VersionedReference"];
            readonly hierarchyElementRecord?: components["schemas"]["HierarchyElementRecord"];
            readonly rightSpecifications?: components["schemas"]["VersionedReference"][];
            hierarchyElementReference?: components["schemas"]["HierarchyElementReference"];
            occupancyLevel?: components["schemas"]["OccupancyLevel"];
            responsibilityRoleAssignments?: components["schemas"]["ResponsibilityRoleAssignment"][];
            timeZone?: string;
            placeStreetAddress?: components["schemas"]["Address"];
            placeBoundedZone?: components["schemas"]["AreaLocation"][];
            indicativePlacePointLocation?: components["schemas"]["PointLocation"][];
            elementStreetAddress?: components["schemas"]["Address"][];
            elementAreaLocation?: components["schemas"]["AreaLocation"][];
            notionalElementLocation?: components["schemas"]["PointLocation"][];
            streetAddress?: components["schemas"]["Address"][];
            areaBoundedZone?: components["schemas"]["AreaLocation"][];
            indicativeIdentifiedAreaPointLocation?: components["schemas"]["PointLocation"][];
            times?: components["schemas"]["Times"];
            operatingRestrictions?: components["schemas"]["OperatingRestrictions"][];
            spaceId?: components["schemas"]["Reference"];
            detection?: components["schemas"]["ParkingSpaceOccupancyDetectionEnum"];
            indicativePointLocation?: components["schemas"]["PointLocation"];
            spaceBoundedZone?: components["schemas"]["AreaLocation"];
            spaceDimension?: components["schemas"]["SpaceDimension"];
            spaceMaximumDims?: components["schemas"]["MaximumDimensions"];
            characteristics?: components["schemas"]["Characteristics"];
            contacts?: (components["schemas"]["Contact"] | components["schemas"]["ContactPoint"] | components["schemas"]["ContactByReference"])[];
            marketing?: components["schemas"]["Marketing"];
            rgbColours?: components["schemas"]["RGBColour"][];
            paymentMethods?: components["schemas"]["PaymentMethod"][];
            safetyStandardClassifications?: components["schemas"]["SafetyStandardClassification"][];
        };
        HierarchyElementData: components["schemas"]["HierarchyElement"];
        HierarchyElementRecord: {
            /** Format: date-time */
            creationTime: string;
            creator?: components["schemas"]["VersionedReference"];
            /** Format: email */
            creatorEmail?: string;
        };
        HierarchyElementReference: {
            elementId?: components["schemas"]["VersionedReference"];
            demandTable?: components["schemas"]["DemandTable"][];
            supply?: components["schemas"]["Supply"][];
        };
        /** @enum {string} */
        HierarchyElementTypeEnum: "campus" | "identifiedArea" | "place" | "space" | "subplaceElement";
        HolderCredential: components["schemas"]["CredentialAssigned"];
        ImageAlbum: {
            photo?: components["schemas"]["Url"];
            caption?: components["schemas"]["MultilingualString"];
            logoImage?: components["schemas"]["Url"][];
        };
        IsoNamedArea: {
            areaName: components["schemas"]["MultilingualString"];
            country?: components["schemas"]["CountryCode"];
            subdivisionCode: string;
            subdivisionType: components["schemas"]["SubdivisionTypeEnum"];
        };
        /** @enum {string} */
        IssueMethodEnum: "electronic" | "ticket" | "permit";
        LanguageCode: string;
        LengthCharacteristic: {
            comparisonOperator: components["schemas"]["ComparisonOperatorEnum"];
            /** Format: float */
            vehicleLength: number;
        };
        LinearDimension: {
            /** Format: float */
            measure: number;
            unitOfMeasure: components["schemas"]["UnitOfMeasureDistanceEnum"];
        };
        LinkedRightSpecification: {
            assignedRightTimeRelative: components["schemas"]["AssignedTimeRelative"];
            qualifyingRightSpecification: components["schemas"]["VersionedReference"];
        };
        /** @enum {string} */
        LowEmissionLevelEnum: "freeOfEmission" | "lowLevelEmission";
        Marketing: {
            imageAlbums?: components["schemas"]["ImageAlbum"][];
            webURLs?: components["schemas"]["Url"][];
        };
        MaximumDimensions: {
            maximumHeight?: components["schemas"]["LinearDimension"];
            maximumLength?: components["schemas"]["LinearDimension"];
            maximumWidth?: components["schemas"]["LinearDimension"];
        };
        /** @enum {string} */
        MeansOfPaymentEnum: "cashBillsOnly" | "cashCoinsAndBills" | "cashCoinsOnly" | "mobileAccount" | "paymentCreditCard" | "paymentDebitCard" | "paymentValueCard" | "prepay" | "tollTag" | "unknown";
        MonetaryValue: {
            taxIncluded: boolean;
            readonly serviceProvider?: components["schemas"]["VersionedReference"];
            value: components["schemas"]["AmountInCurrency"];
        };
        /** @enum {string} */
        MonthEnum: "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october" | "november" | "december";
        MultilingualString: {
            language: components["schemas"]["LanguageCode"];
            string: string;
        }[];
        /** @enum {string} */
        NutsCodeTypeEnum: "lau1Code" | "lau2Code" | "nuts1Code" | "nuts2Code" | "nuts3Code";
        NutsNamedArea: {
            areaName: components["schemas"]["MultilingualString"];
            country?: components["schemas"]["CountryCode"];
            nutsCode: components["schemas"]["MultilingualString"];
            nutsCodeType: components["schemas"]["NutsCodeTypeEnum"];
        };
        OccupancyLevel: {
            occupancyIndicator: components["schemas"]["ReferencedCodeListEntry"];
        };
        OperatingRestrictions: {
            operatingRestriction: components["schemas"]["OperatingRestrictionsEnum"];
            operatingRestrictionContext?: components["schemas"]["MultilingualString"];
            times?: components["schemas"]["OverallPeriod"];
        };
        /** @enum {string} */
        OperatingRestrictionsEnum: "busOnly" | "busStop" | "carpoolOnly" | "commercialVehicleOnly" | "disabledPersonPermitOnly" | "electricVehicleOnly" | "freeParking" | "governmentVehicleOnly" | "loadingZone" | "loadingZoneCommercial" | "media" | "noParking" | "noWaiting" | "parkingTimeLimit" | "residentialPermitOnly" | "snow" | "streetCleaning" | "taxiOnly" | "valetOnly" | "closed";
        OperatingTime: components["schemas"]["PeriodsOrValidity"];
        OverallPeriod: {
            /** Format: date-time */
            overallStartTime?: string;
            /** Format: date-time */
            overallEndTime?: string;
            validPeriods?: components["schemas"]["Period"][];
            exceptionPeriods?: components["schemas"]["Period"][];
        };
        PaginatedListMeta: {
            meta: {
                referenceInstant: number;
                offset: number;
                pageSize: number;
                total: number;
            };
            deletedReferences?: components["schemas"]["DeletedReference"][];
        };
        /** @enum {string} */
        ParkingOperatingModeEnum: "app" | "payAndDisplay" | "payByPlate" | "payBySpace" | "permit" | "ticket";
        /** @enum {string} */
        ParkingSpaceOccupancyDetectionEnum: "anpr" | "imageAnalytics" | "spaceSensor" | "userDeclaration" | "videoAnalytics" | "videoSpace" | "visual";
        Payment: {
            id?: string;
            version?: number;
            /** Format: date-time */
            dateCollected?: string;
            /** Format: date-time */
            startPeriodCovered?: string;
            /** Format: date-time */
            endPeriodCovered?: string;
            idCode?: string;
            readonly serviceProvider?: components["schemas"]["VersionedReference"];
            transactionID?: string;
            paymentLines: components["schemas"]["PaymentLine"][];
            /** Format: date-time */
            dateAuthorised?: string;
        };
        PaymentLine: {
            id?: string;
            version?: number;
            value: components["schemas"]["AmountInCurrency"];
            idCode?: string;
            identifierId?: string;
            paymentType: components["schemas"]["PaymentTypeEnum"];
        };
        PaymentMethod: {
            paymentMeans?: components["schemas"]["MeansOfPaymentEnum"][];
            paymentMode?: components["schemas"]["PaymentTimingEnum"][];
            brandsAcceptedCodeList?: components["schemas"]["BrandsAcceptedCodeList"][];
            brandsAcceptedText?: components["schemas"]["BrandsAcceptedText"][];
        };
        /** @enum {string} */
        PaymentTimingEnum: "other" | "payAfterExit" | "payAndExit" | "payOnEntry" | "payPriorToExit" | "prepay";
        /** @enum {string} */
        PaymentTypeEnum: "payment" | "validation";
        Period: {
            periodName?: components["schemas"]["MultilingualString"];
            /** Format: date-time */
            startOfPeriod?: string;
            /** Format: date-time */
            endOfPeriod?: string;
            recurringDayWeekMonthPeriod?: components["schemas"]["DayWeekMonth"][];
            recurringSpecialDay?: (components["schemas"]["PublicHoliday"] | components["schemas"]["SpecialDay"])[];
            recurringTimePeriodOfDay?: components["schemas"]["TimePeriodOfDay"][];
        };
        PeriodsOrValidity: {
            validity?: components["schemas"]["Validity"];
        } | {
            periods?: components["schemas"]["Period"][];
        };
        PlannedUse: {
            /** Format: date-time */
            startTime: string;
            /** Format: date-time */
            endTime?: string;
            /** Format: date-time */
            expiryTime?: string;
            /** Format: date-time */
            cancelTime?: string;
            /** Format: date-time */
            issuanceTime?: string;
            issueMethod?: components["schemas"]["IssueMethodEnum"];
            issuer?: components["schemas"]["VersionedReference"];
            credentialsAssigned?: components["schemas"]["CredentialAssigned"][];
        };
        PointByCoordinates: {
            pointCoordinates: components["schemas"]["PointCoordinates"];
            bearing?: number;
        };
        PointCoordinates: {
            epsgCode: string;
            /** Format: float */
            x: number;
            /** Format: float */
            y: number;
            heightCoordinates?: components["schemas"]["HeightCoordinate"][];
        };
        PointLocation: components["schemas"]["PointByCoordinates"] | components["schemas"]["GeoJsonPoint"];
        PublicHoliday: {
            publicHolidayName: components["schemas"]["MultilingualString"];
            intersectWithApplicableDays: boolean;
            specialDayType: components["schemas"]["SpecialDayTypeEnum"];
        };
        Qualification: {
            activeAssignedRight?: components["schemas"]["Reference"];
            propulsionEnergyType?: components["schemas"]["EnergySourceEnum"][];
            memberOfOtherRateTable?: boolean;
            membershipNames?: components["schemas"]["MultilingualString"][];
            rateTableMember?: string[];
            withMembership?: boolean;
            withReservation?: boolean;
            paymentMethod?: components["schemas"]["PaymentMethod"][];
            emissions?: components["schemas"]["Emissions"];
            assignRightTimes?: components["schemas"]["AssignRightTime"][];
            grossWeightCharacteristics?: components["schemas"]["GrossWeightCharacteristic"][];
            heightCharacteristics?: components["schemas"]["HeightCharacteristic"][];
            lengthCharacteristics?: components["schemas"]["LengthCharacteristic"][];
            widthCharacteristics?: components["schemas"]["WidthCharacteristic"][];
            vehicleLoads?: components["schemas"]["VehicleLoad"][];
            userQualifications?: components["schemas"]["UserQualification"][];
            freeToPark?: boolean;
            vehicleTypes?: components["schemas"]["VehicleType"][];
            linkedRightSpecification?: components["schemas"]["LinkedRightSpecification"];
        };
        RGBColour: {
            colourName?: components["schemas"]["MultilingualString"];
            rgbBlueValue: number;
            rgbGreenValue: number;
            rgbRedValue: number;
        };
        /** @enum {string} */
        RateAvailabilityTypeEnum: "private" | "public" | "restricted";
        RateDiscount: {
            fixedValue?: components["schemas"]["AmountInCurrency"];
            /** Format: float */
            discountRate?: number;
        };
        RateEligibility: {
            id?: string;
            version?: number;
            priority?: number;
            combinable?: boolean;
            eligibility?: components["schemas"]["Eligibility"];
            rateTable?: components["schemas"]["VersionedReference"];
            rateDiscount?: components["schemas"]["RateDiscount"];
        };
        RateLine: {
            description?: string;
            durationStart?: string | number;
            durationEnd?: string | number;
            incrementPeriod?: components["schemas"]["Duration"];
            rateLineType: components["schemas"]["RateLineTypeEnum"];
            sequence: number;
            /** Format: float */
            value: number;
            usageCondition?: components["schemas"]["RateUsageConditionsTypeEnum"];
            rateLineTax?: components["schemas"]["RateLineTax"];
            /** Format: float */
            minValue?: number;
            /** Format: float */
            maxValue?: number;
            id?: string;
            version?: number;
        };
        RateLineCollection: {
            applicableCurrency?: components["schemas"]["CurrencyCode"];
            collectionSequence?: number;
            minTime?: components["schemas"]["Duration"];
            maxTime?: components["schemas"]["Duration"];
            minValueCollection?: components["schemas"]["AmountInCurrency"] | number;
            maxValueCollection?: components["schemas"]["AmountInCurrency"] | number;
            relativeTimes?: boolean;
            resetTime?: string;
            taxIncluded?: boolean;
            /** Format: float */
            taxRate?: number;
            /** Format: float */
            taxValue?: number;
            /** Format: date-time */
            validStart?: string;
            /** Format: date-time */
            validEnd?: string;
            rateLines: components["schemas"]["RateLine"][];
            id?: string;
            version?: number;
        };
        RateLineTax: {
            labelForDisplay?: components["schemas"]["MultilingualString"];
            taxIncluded: boolean;
            /** Format: float */
            taxRate?: number;
            /** Format: float */
            taxValue?: number;
            trigger?: components["schemas"]["MultilingualString"];
        };
        /** @enum {string} */
        RateLineTypeEnum: "flatRate" | "flatRateTier" | "incrementingRate";
        RateTable: {
            id: string;
            version: number;
            rateTableName: components["schemas"]["MultilingualString"];
            validation?: boolean;
            rateType?: components["schemas"]["RateTypeEnum"];
            rateTableID?: components["schemas"]["MultilingualString"];
            availability: components["schemas"]["RateAvailabilityTypeEnum"];
            readonly rateResponsibleParty?: components["schemas"]["VersionedReference"];
            rateSupersedeLink?: string;
            rateLineCollections: (components["schemas"]["RateLineCollection"] | components["schemas"]["RelativeTimeRates"])[];
            additionalInformation?: components["schemas"]["Url"];
            validity?: components["schemas"]["Validity"];
        };
        RateTransition: {
            /** @enum {string} */
            overpaymentPolicy?: "rateEndCutOff" | "fullTimePurchased" | "creditCarryOver";
            followThroughAllowed?: boolean;
            prepaymentAllowed?: boolean;
            reservationAvailable?: boolean;
        };
        /** @enum {string} */
        RateTypeEnum: "contract" | "daily" | "event" | "hourly";
        /** @enum {string} */
        RateUsageConditionsTypeEnum: "fixedDuration" | "fixedNumber" | "once" | "unlimited";
        Reference: {
            className: string;
            id: string;
        };
        ReferencedCodeListEntry: {
            codeListEntryId?: components["schemas"]["Reference"];
            codeListId?: components["schemas"]["VersionedReference"];
            entryDefinedValue: string;
        };
        RelativeOffsets: {
            earliestStartRelative?: components["schemas"]["Duration"];
            earliestEndRelative?: components["schemas"]["Duration"];
            latestStartRelative?: components["schemas"]["Duration"];
            latestEndRelative?: components["schemas"]["Duration"];
        };
        RelativeTimeRates: {
            applicableCurrency?: components["schemas"]["CurrencyCode"];
            collectionSequence?: number;
            minTime?: components["schemas"]["Duration"];
            maxTime?: components["schemas"]["Duration"];
            minValueCollection?: components["schemas"]["AmountInCurrency"] | number;
            maxValueCollection?: components["schemas"]["AmountInCurrency"] | number;
            relativeTimes?: boolean;
            resetTime?: string;
            taxIncluded?: boolean;
            /** Format: float */
            taxRate?: number;
            /** Format: float */
            taxValue?: number;
            /** Format: date-time */
            validStart?: string;
            /** Format: date-time */
            validEnd?: string;
            rateLines: components["schemas"]["RateLine"][];
            id?: string;
            version?: number;
            /** Format: date-time */
            referenceTimeStart: string;
            /** Format: date-time */
            referenceTimeEnd?: string;
        };
        RelativeTimes: {
            unit?: components["schemas"]["UnitOfTimeEnum"];
            earliestStartRelative?: components["schemas"]["TimeUnitRelativeEnum"];
            earliestEndRelative?: components["schemas"]["TimeUnitRelativeEnum"];
            latestStartRelative?: components["schemas"]["TimeUnitRelativeEnum"];
            latestEndRelative?: components["schemas"]["TimeUnitRelativeEnum"];
        };
        RelativeValidity: {
            period?: components["schemas"]["Period"];
        };
        ResponseStatus: {
            /** @enum {string} */
            status: "ok" | "error";
            code?: number;
            message?: string;
        };
        ResponsibilityRoleAssignment: {
            type: string;
            contactPoints?: components["schemas"]["VersionedReference"][];
        };
        RightHolder: {
            credentials?: components["schemas"]["HolderCredential"][];
        };
        RightPool: {
            id: string;
            version: number;
            assignedRightsIssuer: components["schemas"]["VersionedReference"];
            availableAssignedRights: number;
            distributedAssignedRights: number;
            qtyRelation?: number;
            relativeValidity?: components["schemas"]["RelativeValidity"];
            validity?: components["schemas"]["Validity"];
        };
        RightSpecification: {
            id: string;
            version: number;
            description?: components["schemas"]["MultilingualString"];
            /** Format: date-time */
            expiry?: string;
            financialReference?: string;
            readonly issuer?: components["schemas"]["VersionedReference"];
            transferable: boolean;
            transferableConditions?: boolean;
            type?: components["schemas"]["RightTypeEnum"];
            hierarchyElements: components["schemas"]["VersionedReference"][];
            credentials?: components["schemas"]["Credential"][];
            rateEligibility?: components["schemas"]["RateEligibility"][];
            rightPools?: components["schemas"]["RightPool"][];
            validity: components["schemas"]["Validity"];
            rateTransition?: components["schemas"]["RateTransition"];
        };
        /** @enum {string} */
        RightTypeEnum: "accessPermission" | "loadingUnloading" | "oneTimeUseParking" | "permitParking" | "setdownPickup" | "waiting";
        SafetyStandardClassification: {
            securityFeature?: components["schemas"]["ReferencedCodeListEntry"];
            securityLevel?: components["schemas"]["ReferencedCodeListEntry"];
        };
        Segment: {
            id?: string;
            version?: number;
            /** Format: date-time */
            actualStart: string;
            /** Format: date-time */
            actualEnd?: string;
            assignedRight?: components["schemas"]["VersionedReference"];
            spaceId?: components["schemas"]["Reference"];
            validationType: components["schemas"]["CredentialTypeEnum"][];
            validationId?: string;
            notes?: components["schemas"]["MultilingualString"];
            credentialId?: components["schemas"]["Reference"];
            financialTransactions?: components["schemas"]["FinancialTransaction"][];
        };
        Session: {
            id: string;
            version: number;
            /** Format: date-time */
            actualStart: string;
            /** Format: date-time */
            actualEnd?: string;
            readonly initiator?: components["schemas"]["VersionedReference"];
            identifiedCredentials: components["schemas"]["HolderCredential"][];
            segments: components["schemas"]["Segment"][];
            identifiedVehicle?: components["schemas"]["VehicleAncillaryIdentification"];
            hierarchyElement?: components["schemas"]["VersionedReference"];
        };
        SpaceDimension: {
            dimensionHeight?: components["schemas"]["LinearDimension"];
            dimensionLength?: components["schemas"]["LinearDimension"];
            dimensionUsableArea?: components["schemas"]["AreaDimension"];
            dimensionWidth?: components["schemas"]["LinearDimension"];
            weightLimit?: components["schemas"]["WeightDimension"];
        };
        SpecialDay: {
            intersectWithApplicableDays: boolean;
            specialDayType: components["schemas"]["SpecialDayTypeEnum"];
        };
        /** @enum {string} */
        SpecialDayTypeEnum: "dayBeforePublicHoliday" | "dayFollowingPublicHoliday" | "inLieuOfPublicHoliday" | "longWeekendDay" | "other" | "publicEventDay" | "publicHoliday" | "schoolDay" | "schoolHolidays";
        /** @enum {string} */
        StaffEnum: "staffed" | "temporary" | "unstaffed";
        /** @enum {string} */
        StructureGradeEnum: "aboveGround" | "groundLevel" | "underground";
        /** @enum {string} */
        StructureTypeEnum: "offStreetStructure" | "offStreetSurface" | "onStreet";
        /** @enum {string} */
        SubdivisionTypeEnum: "administrativeAtoll" | "administrativeRegion" | "administrativeTerritory" | "arcticRegion" | "autonomousCity" | "autonomousCityInNorthAfrica" | "autonomousCommunity" | "autonomousDistrict" | "autonomousProvince" | "autonomousRegion" | "canton" | "capitalCity" | "city" | "cityMunicipality" | "cityOfCountyRight" | "commune" | "councilArea" | "country" | "county" | "department" | "dependency" | "district" | "districtMunicipality" | "districtWithSpecialStatus" | "entity" | "geographicalEntity" | "governorate" | "laender" | "localCouncil" | "londonBorough" | "metropolitanArea" | "metropolitanDepartment" | "metropolitanDistrict" | "metropolitanRegion" | "municipality" | "other" | "overseasDepartment" | "overseasRegion" | "overseasTerritorialCollectivity" | "parish" | "province" | "quarter" | "region" | "republic" | "republicanCity" | "selfGovernedPart" | "specialMunicipality" | "state" | "territorialUnit" | "territory" | "twoTierCounty" | "unitaryAuthority" | "ward";
        Supply: {
            supplyViewType: components["schemas"]["SupplyViewTypeEnum"];
            supplyQuantity: number;
            /** Format: date-time */
            supplyValidityStart?: string;
            /** Format: date-time */
            supplyValidityEnd?: string;
        };
        /** @enum {string} */
        SupplyViewTypeEnum: "spaceView" | "vehicleView";
        TelephoneContact: {
            areaCode?: string;
            extensionNumbers?: string[];
            ituCountryCode?: string;
            localNumbers?: string[];
        };
        Time: string;
        TimePeriodOfDay: {
            startTimeOfPeriod: string;
            endTimeOfPeriod: string;
        };
        /** @enum {string} */
        TimeUnitRelativeEnum: "previous" | "current" | "next";
        Times: {
            available24hours: boolean;
            openAllYear: boolean;
            openingTimesNotSpecified: boolean;
            openingTimesUnknown: boolean;
            accessAndEgress?: components["schemas"]["AccessAndEgress"][];
            operatingTime?: components["schemas"]["OperatingTime"];
        };
        TimesOfDay: {
            earliesStart?: components["schemas"]["Time"];
            earliestEnd?: components["schemas"]["Time"];
            latestStart?: components["schemas"]["Time"];
            latestEnd?: components["schemas"]["Time"];
        };
        /** @enum {string} */
        UnitOfMeasureAreaEnum: "squareFeet" | "squareMetres" | "squareYards";
        /** @enum {string} */
        UnitOfMeasureDistanceEnum: "foot" | "metres";
        /** @enum {string} */
        UnitOfMeasureWeightEnum: "poundsWeight" | "tonnesMetric";
        /** @enum {string} */
        UnitOfTimeEnum: "year" | "month" | "week" | "day" | "hour" | "minute" | "second";
        /** Format: url */
        Url: string;
        UserQualification: {
            userGroup: components["schemas"]["ReferencedCodeListEntry"];
        };
        Validity: {
            validityStatus?: components["schemas"]["ValidityStatusEnum"];
            validityTimeSpecification?: components["schemas"]["OverallPeriod"];
        };
        /** @enum {string} */
        ValidityStatusEnum: "active" | "definedByValidityTimeSpec" | "planned" | "suspended";
        VehicleAncillaryIdentification: {
            color?: string;
            country: components["schemas"]["CountryCode"];
            description?: string;
            make?: string;
            model?: string;
            stateProvince?: string;
        };
        VehicleLoad: {
            loadType: components["schemas"]["ReferencedCodeListEntry"];
        };
        VehicleType: {
            vehicleType: components["schemas"]["ReferencedCodeListEntry"];
        };
        VersionedReference: {
            id: string;
            version: number;
            className?: string;
        };
        /** @enum {string} */
        WeekOfMonthEnum: "firstWeekOfMonth" | "secondWeekOfMonth" | "thirdWeekOfMonth" | "fourthWeekOfMonth" | "fifthWeekOfMonth";
        WeightDimension: {
            /** Format: float */
            measure: number;
            unitOfMeasure: components["schemas"]["UnitOfMeasureWeightEnum"];
        };
        /** @enum {string} */
        WeightTypeEnum: "actual" | "maximumPermitted";
        WidthCharacteristic: {
            comparisonOperator: components["schemas"]["ComparisonOperatorEnum"];
            /** Format: float */
            vehicleWidth: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
